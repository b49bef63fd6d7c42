// The conversation: what is typed or tapped is remembered, sent until it is safe, and answered.

import { Line } from './line.js';
import * as memory from './memory.js';
import * as view from './view.js';
import { WORDS } from './words.js';

const ANSWER = 60000; // ms to go on saying that an answer is coming
const BRIEF = 1500; // ms without a line that are not worth a word
const find = (id) => document.getElementById(id);
const words = find('words');
let line; // to the server
let hush = ''; // why nothing can be sent just now
let connected = true;
let nudge = () => {}; // ends the wait before the next try
let delivering = false;
let unanswered; // a timer
let patience; // a timer

function draw() {
  const talk = memory.talk();
  const mine = talk.filter((item) => item.mine && item.state === 'sent').pop();
  const waiting = mine && !talk.slice(talk.indexOf(mine)).some((item) => item.row);
  const left = waiting ? ANSWER - (Date.now() - mine.at) : 0;
  view.draw(talk, tap);
  view.answering(left > 0);
  view.empty(!talk.length);
  clearTimeout(unanswered);
  if (left > 0) unanswered = setTimeout(draw, left);
}

function tell() {
  const offline = navigator.onLine === false ? WORDS.offline : '';
  view.status(offline || hush || (connected ? '' : WORDS.reconnecting));
}

function say(said) {
  memory.say(said);
  draw();
  deliver();
}

function tap({ label, value }) {
  say({ text: label, value });
  words.focus({ preventScroll: true });
}

// Send what is not sent yet, one by one in order, until it is safe with the server.
async function deliver() {
  nudge();
  if (delivering) return;
  delivering = true;
  let pause = 1;
  for (let item = memory.unsent(); item; item = memory.unsent()) {
    const { wait, error } = await line.post(item);
    if (wait === undefined) {
      memory.settle(item.key, error ? 'refused' : 'sent', error);
      if (error && !item.value && !words.value) type(item.text);
      hush = '';
      pause = 1;
    } else {
      hush = error === 'too_fast' ? WORDS.paused(wait) : pause > 2 ? WORDS.slow : '';
      pause = Math.min(pause * 2, 30);
    }
    draw();
    tell();
    if (wait !== undefined) await rest(wait || pause);
  }
  delivering = false;
}

function rest(seconds) {
  return new Promise((resolve) => {
    nudge = resolve;
    setTimeout(resolve, seconds * 1000);
  });
}

function lineChanged(now) {
  connected = now || connected;
  clearTimeout(patience);
  if (now) nudge();
  else patience = setTimeout(() => { connected = false; tell(); }, BRIEF);
  tell();
}

function type(text) {
  words.value = text;
  grow();
}

function grow() {
  memory.type(words.value);
  words.style.height = 'auto';
  words.style.height = `${words.scrollHeight + words.offsetHeight - words.clientHeight}px`;
}

function submit(event) {
  event.preventDefault();
  const text = words.value.trim();
  if (!text) return;
  type('');
  words.focus();
  say({ text });
}

function showMenu(open) {
  find('menu').hidden = !open;
  find('more').setAttribute('aria-expanded', String(open));
}

function listenToPage() {
  find('composer').addEventListener('submit', submit);
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
  find('again').addEventListener('click', () => tap({ label: find('again').textContent, value: 'start' }));
  find('clear').addEventListener('click', () => { memory.clear(); draw(); words.focus(); });
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
  heard: (row, reply) => { memory.hear(row, reply); draw(); },
  changed: lineChanged,
  lastRow: memory.lastRow,
});
if (memory.firstVisit()) memory.say({ text: '', value: 'start', hidden: true });
listenToPage();
listenToWorld();
type(memory.typed());
draw();
view.toEnd();
if (!document.hidden) line.open();
deliver();
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register(new URL('sw.js', import.meta.url), { scope: '/' }).catch(() => {});
}
