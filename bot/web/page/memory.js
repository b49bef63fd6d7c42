// What this browser remembers: both sides of the conversation, what is not sent yet, the last
// row read. Every change reads and writes the storage at once, so that two open tabs agree.

const KEPT = 200; // items
const LONGEST = 4000; // characters of a sent message
const KNOWN = 6 * 24 * 3600 * 1000; // ms; a day later the server no longer knows what it has heard
const TALK = 'thidua.talk';
const ROW = 'thidua.row';
const GREETED = 'thidua.greeted';
const TYPED = 'thidua.typed';
const NOTICED = 'thidua.noticed';
const OFFERED = 'thidua.offered';
const AWAY = 2 * 60 * 1000; // ms; what was sent so long before the line stood came while the page was closed
const unstored = {}; // what the storage would not take: it is full, or forbidden

function read(name, otherwise) {
  try {
    const text = name in unstored ? unstored[name] : localStorage.getItem(name);
    return text === null ? otherwise : JSON.parse(text);
  } catch (error) {
    return otherwise;
  }
}

function write(name, value) {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(name, text);
    delete unstored[name];
  } catch (error) {
    unstored[name] = text;
  }
}

// crypto.randomUUID is missing where a page came over plain HTTP.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function talk() {
  return read(TALK, []);
}

function keep(items) {
  const old = items.length - KEPT;
  write(TALK, items.filter((item, place) => place >= old || item.state === 'unsent'));
}

// Remember what the person says; `said` has words or the value of a button.
export function say(said) {
  const item = { key: uuid(), mine: true, state: 'unsent', at: Date.now(), ...said };
  keep([...talk(), item]);
  return item;
}

// Remember a reply, once. A number may be given out again after the server's memory was restored
// from an older one, so a reply is known by its words too.
export function hear(row, reply, since) {
  const items = talk();
  write(ROW, row);
  if (!items.some((item) => item.row === row && item.text === reply.text)) {
    const { text, buttons, papers, news } = reply;
    const missed = Boolean(news) && row < since - AWAY; // a row's number is its moment
    keep([...items, { key: uuid(), row, text, buttons, papers, missed }]);
  }
}

// What was said is safe with the server ('sent') or will never be taken ('refused').
export function settle(key, state, error) {
  const change = (item) => ({ ...item, state, error, at: Date.now(), text: shortened(item.text) });
  keep(talk().map((item) => (item.key === key ? change(item) : item)));
}

function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

// The first that is to be sent, of those that this tab can send.
export function unsent(canSend) {
  return talk().find((item) => item.state === 'unsent' && canSend(item));
}

export function isOlder({ at }, age) {
  return Date.now() - at > age;
}

// Too old to be sent by itself: it may have arrived without our knowing. To say hello twice is no harm.
export function isStale({ at, hidden }) {
  return !hidden && Date.now() - at > KNOWN;
}

export function clear() {
  keep(talk().filter((item) => item.state === 'unsent'));
}

export function lastRow() {
  return read(ROW, 0);
}

// True the first time ever.
export function firstVisit() {
  const first = !read(GREETED, false);
  write(GREETED, true);
  return first;
}

// What is half typed in this tab: a browser that is short of memory drops the page.
export function typed() {
  try {
    return sessionStorage.getItem(TYPED) || '';
  } catch (error) {
    return '';
  }
}

export function type(text) {
  try {
    sessionStorage.setItem(TYPED, text);
  } catch (error) {
    // Then it is not kept.
  }
}

// Whether the person wants notices on this device.
export function noticed() {
  return read(NOTICED, false);
}

export function notice(wanted) {
  write(NOTICED, wanted);
}

// When they were offered last, and wanted to think it over.
export function offered() {
  return read(OFFERED, 0);
}

export function offer() {
  write(OFFERED, Date.now());
}
