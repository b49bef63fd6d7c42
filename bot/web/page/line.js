// The line to the server: replies come as server-sent events, what is said goes by POST.

const SILENCE = 50000; // the server gives a sign of life every 20 s; a phone may not notice a dead line
const AGAIN = 5000; // after the server has refused the line
const PATIENCE = 20000; // for one POST on a weak signal
const LARGE = 90000; // the same with a photo

export class Line {
  // heard(row, reply, since) is called for each reply, with the moment since which the line stands;
  // changed(connected) when the line comes or goes; lastRow() says where to go on.
  constructor({ heard, changed, lastRow }) {
    Object.assign(this, { heard, changed, lastRow });
    this.expectCookie();
  }

  // The line brings the cookie: what is said waits until it was tried.
  expectCookie() {
    this.tried = new Promise((resolve) => { this.wasTried = resolve; });
  }

  open() {
    this.close();
    const source = new EventSource(`/chat/events?after=${this.lastRow()}`);
    this.source = source;
    source.onopen = () => this.alive();
    source.addEventListener('beat', () => this.alive());
    source.addEventListener('who', (event) => {
      const [who, now] = event.data.split(' ');
      Object.assign(this, { who, since: Number(now) }); // by the server's clock
    });
    source.onmessage = (event) => {
      this.alive();
      this.heard(Number(event.lastEventId), JSON.parse(event.data), this.since);
    };
    source.onerror = () => this.lost();
    this.watch(SILENCE);
  }

  alive() {
    this.wasTried();
    this.changed(true);
    this.watch(SILENCE);
  }

  // The browser tries again by itself, unless the server has refused.
  lost() {
    this.wasTried();
    this.changed(false);
    this.watch(this.source.readyState === EventSource.CLOSED ? AGAIN : SILENCE);
  }

  watch(patience) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), patience);
  }

  close() {
    clearTimeout(this.timer);
    if (this.source) this.source.close();
  }

  // Say one thing. Resolves to {} once it is safe with the server, {error} where it is refused
  // for good, {wait, error} where later may help (after so many seconds, if wait is not 0).
  async post({ key, text, value }, photo) {
    await this.tried;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), photo ? LARGE : PATIENCE);
    try {
      const said = JSON.stringify(value ? { id: key, value } : { id: key, text });
      const answer = await fetch(photo ? `/chat/photos?id=${key}` : '/chat/messages', {
        method: 'POST',
        headers: { 'Content-Type': photo ? photo.type : 'application/json' },
        body: photo || said,
        signal: patience.signal,
      });
      if (answer.ok) {
        await this.follow(answer);
        return {};
      }
      const refused = await refusal(answer);
      if (refused.error === 'no_cookie') {
        this.expectCookie();
        this.open();
      }
      return refused;
    } catch (error) {
      return { wait: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  // A cookie that was lost and renewed makes us another person, whom this line does not answer.
  async follow(answer) {
    const { who } = await answer.json().catch(() => ({}));
    if (who && this.who && who !== this.who) this.open();
  }
}

async function refusal(answer) {
  const { error, retry_after: wait = 0 } = await answer.json().catch(() => ({}));
  const final = [400, 403, 413, 415].includes(answer.status) && error !== 'no_cookie';
  return final ? { error: error || 'not_understood' } : { wait, error };
}
