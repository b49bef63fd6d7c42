"""What is said of settings that cannot be, or that need others beside them."""

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
EXPECTED = {
    "database_url": "phải bắt đầu bằng sqlite:/// hoặc postgresql://, ví dụ sqlite:///data/thidua.db",
    "content_dir": "phải là thư mục đang có",
    "port": "phải là số từ 0 đến 65535, ví dụ 8080",
    "now": "phải là ngày giờ, ví dụ 2025-04-15 hoặc 2025-04-15T08:00",
    "public_url": "phải là địa chỉ đầy đủ, ví dụ https://thidua.example.vn",
    "secret_key": "phải dài ít nhất 32 ký tự; bỏ trống thì máy tự tạo và giữ trong thư mục dữ liệu",
    "telegram_webhook": "phải là true hoặc false",
    "messenger_utility": "phải là tên mẫu tin và ngôn ngữ của mẫu, ví dụ nhac_viec/vi",
    "zalo_oa_app_id": "phải là số ID của ứng dụng ở developers.zalo.me, ví dụ 3608465248940903967",
    "zalo_secret": "phải dài từ 8 đến 256 ký tự",
    "push_services": "phải là tên máy, cách bằng dấu cách: fcm.googleapis.com *.push.apple.com",
    "telegram_secret": "chỉ gồm chữ không dấu, số, gạch nối và gạch dưới, từ 1 đến 256 ký tự",
}
