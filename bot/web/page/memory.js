// What this browser remembers: both sides of the conversation, what is not sent yet, the last
// row read. Each item has a name of its own in the storage: of two open tabs, one may not see yet
// what the other has written, and must not write over it.

const KEPT = 200; // items
const LONGEST = 4000; // characters of a sent message
const KNOWN = 6 * 24 * 3600 * 1000; // ms; a day later the server no longer knows what it has heard
const ITEM = 'thidua.item.';
const TALK = 'thidua.talk'; // where all items stood in one list before
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

function remove(name) {
  try {
    localStorage.removeItem(name);
  } catch (error) {
    // Then it was never there.
  }
  delete unstored[name];
}

function names() {
  try {
    return Object.keys({ ...localStorage, ...unstored }).filter((name) => name.startsWith(ITEM));
  } catch (error) {
    return Object.keys(unstored).filter((name) => name.startsWith(ITEM));
  }
}

// In the order in which it was said; what two tabs heard at the same place, the question first.
export function talk() {
  const items = names().map((name) => read(name, null)).filter(Boolean);
  return items.sort((one, other) => one.place - other.place || Boolean(other.mine) - Boolean(one.mine));
}

function add(item) {
  const items = talk();
  const last = items[items.length - 1];
  const added = { key: uuid(), ...item, place: last ? last.place + 1 : 1 };
  write(ITEM + added.key, added);
  const old = items.slice(0, Math.max(0, items.length + 1 - KEPT));
  forget(old);
  return added;
}

function forget(items) {
  items.filter(({ state }) => state !== 'unsent').forEach(({ key }) => remove(ITEM + key));
}

read(TALK, []).forEach(add);
remove(TALK);

// Remember what the person says; `said` has words or the value of a button.
export function say(said) {
  return add({ mine: true, state: 'unsent', at: Date.now(), ...said });
}

// Remember a reply, once. A number may be given out again after the server's memory was restored
// from an older one, so a reply is known by its words too.
export function hear(row, reply, since) {
  const items = talk();
  write(ROW, row);
  if (items.some((item) => item.row === row && item.text === reply.text)) return;
  const { text, buttons, papers, news } = reply;
  const missed = Boolean(news) && row < since - AWAY; // a row's number is its moment
  const taken = items.some((item) => item.key === `${row}`);
  add({ key: taken ? uuid() : `${row}`, row, text, buttons, papers, missed });
}

// What was said is safe with the server ('sent') or will never be taken ('refused').
export function settle(key, state, error) {
  const item = read(ITEM + key, null);
  if (!item) return;
  write(ITEM + key, { ...item, state, error, at: Date.now(), text: shortened(item.text) });
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
  forget(talk());
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
