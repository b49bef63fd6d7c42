// The words of the page that are not in its HTML.

export const WORDS = {
  me: 'Anh chị:',
  bot: 'Thi Đua:',
  sending: 'Đang gửi…',
  retry: 'Chưa gửi được, chạm để gửi lại',
  reconnecting: 'Đang nối lại… Anh chị cứ nhắn, có mạng là tự gửi.',
  offline: 'Đang mất mạng. Tin được giữ lại, có mạng là tự gửi.',
  paused: (seconds) => `Anh chị gửi hơi nhanh. Tin được giữ lại và tự gửi sau ${seconds} giây.`,
  noCookie: 'Trình duyệt chưa giữ được cookie nên tin chưa gửi được. Anh chị cho phép cookie rồi mở lại trang giúp mình nhé.',
  tooLong: (length, most) => `Tin này dài ${length.toLocaleString('vi')} ký tự, mình chỉ đọc được ${most.toLocaleString('vi')}. Anh chị chia thành vài tin ngắn giúp mình nhé.`,
};

// Why a message was not taken, by the code that the server answers with.
export const REFUSALS = {
  too_long: 'Tin này dài quá nên chưa gửi được. Anh chị chia thành vài tin ngắn giúp mình nhé.',
  not_understood: 'Tin này chưa gửi được. Anh chị viết lại bằng chữ thường giúp mình nhé.',
  stale: 'Tin này để lâu quá nên chưa gửi. Nếu còn cần, anh chị gửi lại giúp mình nhé.',
  not_our_page: 'Tin này chưa gửi được. Anh chị mở lại trang rồi gửi lại giúp mình nhé.',
};
