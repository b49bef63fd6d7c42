"""What is said of settings that need others beside them."""

from __future__ import annotations

NO_WEBHOOK = (
    "THIDUA_TELEGRAM_WEBHOOK: đang bật; cần thêm THIDUA_TELEGRAM_SECRET (chuỗi bí mật tự đặt)"
    " và THIDUA_PUBLIC_URL là địa chỉ https của máy chủ này, ví dụ https://thidua.example.vn"
)
NO_ZALO_WEBHOOK = (
    "THIDUA_ZALO_SECRET: đã đặt, nên Zalo sẽ mang tin tới; cần thêm THIDUA_PUBLIC_URL là địa chỉ"
    " https của máy chủ này, ví dụ https://thidua.example.vn (bỏ THIDUA_ZALO_SECRET thì máy tự hỏi)"
)
NO_MESSENGER_WEBHOOK = (
    "THIDUA_MESSENGER_TOKEN: đã đặt; Messenger chỉ mang tin tới, nên cần thêm"
    " THIDUA_MESSENGER_APP_SECRET, THIDUA_MESSENGER_VERIFY_TOKEN (chữ tự đặt) và THIDUA_PUBLIC_URL"
    " là địa chỉ https của máy chủ này, ví dụ https://thidua.example.vn"
)
NO_ZALO_OA = (
    "THIDUA_ZALO_OA_APP_ID: Zalo Official Account cần đủ THIDUA_ZALO_OA_APP_ID,"
    " THIDUA_ZALO_OA_APP_SECRET (khoá bí mật của ứng dụng), THIDUA_ZALO_OA_SECRET (OA Secret Key ở"
    " mục Webhook) và THIDUA_PUBLIC_URL là địa chỉ https của máy chủ này; bỏ hết thì không mở kênh"
)
