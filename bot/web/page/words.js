// The words of the page that are not in its HTML.

export const WORDS = {
  me: 'Anh chị:',
  bot: 'Thi Đua:',
  photo: 'Ảnh công trình',
  sending: 'Đang gửi…',
  retry: 'Chưa gửi được, chạm để gửi lại',
  picture: (name) => `${name}, chạm để xem cả trang`,
  noPicture: 'Chưa xem được ảnh. Chạm để tải lại; đã lâu thì anh chị hỏi lại để xem nhé.',
  missed: 'Tin trong lúc anh chị đi vắng',
  sentAt: (day) => `Gửi ${day}`,
  reconnecting: 'Đang nối lại… Anh chị cứ nhắn, có mạng là tự gửi.',
  offline: 'Đang mất mạng. Tin được giữ lại, có mạng là tự gửi.',
  paused: (seconds) => `Anh chị gửi hơi nhanh. Tin được giữ lại và tự gửi sau ${seconds} giây.`,
  noCookie: 'Trình duyệt chưa giữ được cookie nên tin chưa gửi được. Anh chị cho phép cookie rồi mở lại trang giúp mình nhé.',
  tooLong: (length, most) => `Tin này dài ${length.toLocaleString('vi')} ký tự, mình chỉ đọc được ${most.toLocaleString('vi')}. Anh chị chia thành vài tin ngắn giúp mình nhé.`,
};

// Notices while the page is closed, by what is so.
export const NOTICES = {
  start: 'Bật thông báo',
  stop: 'Tắt thông báo',
  later: 'Để sau',
  read: 'Đã hiểu',
  off: 'Bật thông báo trên máy này? Gần tới hạn hay cán bộ trả lời, máy báo anh chị dù trang đang đóng. Lời nhắc hiện vài dòng đầu cả khi khoá màn hình; tin riêng chỉ báo là có tin. Muốn thôi thì tắt ở dấu ba chấm trên cùng.',
  on: 'Đã bật. Có nhắc hạn hay tin mới, máy này sẽ báo anh chị. Muốn thôi thì tắt ở dấu ba chấm trên cùng.',
  stopped: 'Đã tắt thông báo trên máy này. Tin nhắc vẫn chờ anh chị ở trang này.',
  denied: 'Trình duyệt đang chặn thông báo của trang này. Muốn bật lại: bấm biểu tượng cạnh địa chỉ trang, chọn Quyền, Thông báo, Cho phép (iPhone: Cài đặt, Thông báo, Thi Đua), rồi mở lại trang.',
  install: 'iPhone chỉ cho thông báo khi trang nằm ở màn hình chính: bấm nút Chia sẻ của Safari, chọn “Thêm vào MH chính”, mở Thi Đua từ đó rồi bật thông báo ở dấu ba chấm trên cùng.',
  failed: 'Máy này chưa bật được thông báo. Anh chị thử lại sau nhé; tin nhắc vẫn chờ anh chị ở trang này.',
};

// What kinds of files papers are.
export const FORMATS = {
  pdf: 'Tệp PDF',
  docx: 'Tệp Word',
  xlsx: 'Tệp Excel',
  csv: 'Tệp bảng CSV',
  zip: 'Tệp nén ZIP',
};

// Why a message was not taken, by the code that the server answers with.
export const REFUSALS = {
  not_a_photo: 'Ảnh này chưa gửi được. Anh chị chọn ảnh chụp khác (JPEG, PNG, WebP) giúp mình nhé.',
  photo_gone: 'Ảnh này chưa kịp gửi thì trang đã đóng. Anh chị chọn lại ảnh giúp mình nhé.',
  too_long: 'Tin này dài quá nên chưa gửi được. Anh chị chia thành vài tin ngắn giúp mình nhé.',
  not_understood: 'Tin này chưa gửi được. Anh chị viết lại bằng chữ thường giúp mình nhé.',
  stale: 'Tin này để lâu quá nên chưa gửi. Nếu còn cần, anh chị gửi lại giúp mình nhé.',
  not_our_page: 'Tin này chưa gửi được. Anh chị mở lại trang rồi gửi lại giúp mình nhé.',
};
