// The conversation: what is typed or tapped is remembered, sent until it is safe, and answered.

import { Line } from './line.js';
import * as memory from './memory.js';
import * as offer from './offer.js';
import * as photos from './photos.js';
import * as view from './view.js';
import { WORDS } from './words.js';

const MOST = 2000; // characters of one message that the assistant reads
const ANSWER = 60000; // ms to go on saying that an answer is coming
const HELD = 180000; // ms that another tab may take to send a photo
const BRIEF = 1500; // ms without a line that are not worth a word
const TRIES = 3; // in vain, before we say so
const find = (id) => document.getElementById(id);
const words = find('words');
let line; // to the server
let hush = ''; // why nothing can be sent just now
let tooLong = ''; // why what is in the box was not sent
let connected = true;
let failures = 0; // in a row
let nudge = () => {}; // ends the wait before the next try
let delivering = false;
let unanswered; // a timer
let patience; // a timer

function draw() {
  const talk = memory.talk();
  const mine = talk.filter((item) => item.mine && item.state === 'sent').pop();
  const waiting = mine && !talk.slice(talk.indexOf(mine)).some((item) => item.row);
  const left = waiting ? ANSWER - (Date.now() - mine.at) : 0;
  view.draw(talk, { tap, retry, failing: failures >= TRIES });
  view.answering(left > 0);
  view.empty(!talk.length);
  if (offer.draw(talk)) view.makeRoom();
  clearTimeout(unanswered);
  if (left > 0) unanswered = setTimeout(draw, left);
}

function tell() {
  const offline = navigator.onLine === false ? WORDS.offline : '';
  view.status(tooLong || offline || hush || (connected ? '' : WORDS.reconnecting));
}

function say(said) {
  memory.say(said);
  draw();
  deliver();
}

function tap({ label, value }) {
  say({ text: label, value });
}

// Photos are kept in this tab until they are sent, and are drawn in its talk as long as it is open.
async function attach({ target }) {
  const files = [...target.files].slice(0, photos.MOST);
  target.value = '';
  for (const file of files) {
    const small = await photos.scaled(file).catch(() => undefined);
    const item = memory.say({ text: WORDS.photo, photo: true });
    if (small) photos.keep(item, small);
    else memory.settle(item.key, 'refused', 'not_a_photo');
    draw();
    deliver();
  }
}

function retry() {
  failures = 0;
  draw();
  line.open();
  deliver();
}

// Send what is not sent yet, one by one in order, until it is safe with the server.
async function deliver() {
  nudge();
  if (delivering) return;
  delivering = true;
  for (let item = memory.unsent(sendable); item; item = memory.unsent(sendable)) {
    const { wait, error } = undeliverable(item) || await line.post(item, photos.of(item));
    if (wait === undefined) settle(item, error);
    else failures += error !== 'too_fast';
    hush = why(error, wait);
    draw();
    tell();
    if (wait !== undefined) await rest(wait || Math.min(2 ** (failures - 1), 30));
  }
  delivering = false;
}

// A photo is sent by the tab that has it; when that is long closed, by none.
function sendable(item) {
  return !item.photo || photos.of(item) || memory.isOlder(item, HELD);
}

function undeliverable(item) {
  if (item.photo && !photos.of(item)) return { error: 'photo_gone' };
  return memory.isStale(item) ? { error: 'stale' } : undefined;
}

function why(error, wait) {
  if (error === 'too_fast') return WORDS.paused(wait);
  return error === 'no_cookie' && failures >= TRIES ? WORDS.noCookie : '';
}

function settle(item, error) {
  failures = 0;
  memory.settle(item.key, error ? 'refused' : 'sent', error);
  if (error && !item.value && !item.photo && !words.value) type(item.text);
}

function rest(seconds) {
  return new Promise((resolve) => {
    nudge = resolve;
    setTimeout(resolve, seconds * 1000);
  });
}

function lineChanged(now) {
  const back = now && !connected;
  connected = now || connected;
  if (now) {
    clearTimeout(patience);
    patience = 0;
  } else if (!patience) {
    patience = setTimeout(() => { connected = false; tell(); }, BRIEF);
  }
  if (back) nudge();
  tell();
}

function type(text) {
  words.value = text;
  grow();
}

function grow() {
  memory.type(words.value);
  tooLong = '';
  fit();
  tell();
}

// As high as the text; one that is far too long is not measured, since that takes seconds.
function fit() {
  words.style.height = words.value.length > MOST ? '100vh' : 'auto';
  if (words.value.length > MOST) return;
  words.style.height = `${words.scrollHeight + words.offsetHeight - words.clientHeight}px`;
}

function submit(event) {
  event.preventDefault();
  const text = words.value.trim();
  if (!text) return;
  const { length } = [...text.normalize()];
  words.focus();
  if (length > MOST) {
    tooLong = WORDS.tooLong(length, MOST);
    tell();
    return;
  }
  type('');
  say({ text });
}

function showMenu(open) {
  find('menu').hidden = !open;
  find('more').setAttribute('aria-expanded', String(open));
}

// Do what was chosen; the focus must not vanish with the menu.
function choose(act) {
  return () => {
    find('more').focus();
    act();
  };
}

function listenToPage() {
  find('composer').addEventListener('submit', submit);
  find('attach').addEventListener('click', () => find('photos').click());
  find('photos').addEventListener('change', attach);
  words.addEventListener('input', grow);
  words.addEventListener('keydown', (event) => {
    // While an input method is composing (Telex, VNI), Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  });
  find('more').addEventListener('click', () => showMenu(find('menu').hidden));
  document.addEventListener('click', (event) => {
    if (!find('more').contains(event.target)) showMenu(false);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || find('menu').hidden) return;
    showMenu(false);
    find('more').focus();
  });
  find('again').addEventListener('click', choose(() => tap({ label: find('again').textContent, value: 'start' })));
  find('clear').addEventListener('click', choose(() => { memory.clear(); draw(); }));
}

function listenToWorld() {
  window.addEventListener('storage', draw); // the other tab has said or heard something
  window.addEventListener('offline', tell);
  window.addEventListener('online', () => { tell(); line.open(); nudge(); });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) line.close(); // browsers allow six lines, and phones freeze them
    else { line.open(); nudge(); draw(); }
  });
}

line = new Line({
  heard: (row, reply, since) => { memory.hear(row, reply, since); draw(); },
  changed: lineChanged,
  lastRow: memory.lastRow,
});
if (memory.firstVisit()) memory.say({ text: '', value: 'start', hidden: true });
listenToPage();
listenToWorld();
offer.listen(draw);
view.keepPlace();
type(memory.typed());
draw();
view.toEnd();
if (matchMedia('(hover: hover) and (pointer: fine)').matches) words.focus(); // no keyboard pops up
if (!document.hidden) line.open();
deliver();
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register(new URL('sw.js', import.meta.url), { scope: '/' }).catch(() => {});
}
