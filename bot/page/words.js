// The words of the page that are not in its HTML.

export const WORDS = {
  me: 'Bạn:',
  bot: 'Thi Đua:',
  sending: 'Đang gửi…',
  reconnecting: 'Đang nối lại…',
  offline: 'Đang mất mạng. Tin của bạn được giữ lại, có mạng là tự gửi.',
  slow: 'Máy chủ chưa nhận được tin. Tin của bạn được giữ lại và tự gửi lại.',
  paused: (seconds) => `Bạn gửi hơi nhanh. Tin được giữ lại và tự gửi sau ${seconds} giây.`,
};

// Why a message was not taken, by the code that the server answers with.
export const REFUSALS = {
  too_long: 'Tin này dài quá nên chưa gửi được. Bạn chia thành vài tin ngắn giúp mình nhé.',
  not_understood: 'Tin này chưa gửi được. Bạn viết lại bằng chữ thường giúp mình nhé.',
  not_our_page: 'Tin này chưa gửi được. Bạn mở lại trang rồi gửi lại giúp mình nhé.',
};
