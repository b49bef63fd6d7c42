// What is seen. The log is drawn from the remembered talk; texts are only ever set as text.

import { drawn } from './photos.js';
import { FORMATS, REFUSALS, WORDS } from './words.js';

const PICTURES = ['png', 'jpg', 'webp'];
const NEAR = 120; // pixels from the end that still count as being there
const PEEK = 16; // pixels that stay free above a new reply
const ADDRESS = /((?:https?:\/\/|\/documents\/)[^\s]*[^\s.,;:!?)”"])/;
const find = (id) => document.getElementById(id);
const log = find('log');
const scroll = find('scroll');
const nodes = new Map(); // by the key of the item
let atEnd = true;

function make(tag, className, text = '') {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

function button(className, label, act) {
  const node = make('button', className, label);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
}

function kind(line, isLast) {
  if (!line) return 'gap line';
  if (line.startsWith('– ')) return 'line item';
  if (line.startsWith('Ví dụ:')) return 'line aside';
  return isLast && line.startsWith('Nguồn:') ? 'line source' : 'line';
}

function link(className, href, text = '') {
  return Object.assign(make('a', className, text), { href, target: '_blank', rel: 'noopener noreferrer' });
}

// Addresses can be tapped; everything else stays text.
function linked(words) {
  return words.split(ADDRESS).map((part, place) => (place % 2 ? link('', part, part) : part));
}

// A sheet as a picture: its upper part at once, all of it when tapped. Links to papers do not
// last, so it may no longer be there.
function picture(paper) {
  const sheet = paper.format === 'png'; // of which it is known how long it is
  const node = link(sheet ? 'picture' : 'picture photo', paper.href);
  const image = make('img', '');
  const lost = button('picture blank', WORDS.noPicture, () => lost.replaceWith(picture(paper)));
  image.addEventListener('error', () => node.replaceWith(lost));
  const size = sheet ? { width: 210, height: 297 } : {};
  Object.assign(image, { alt: WORDS.picture(paper.name), loading: 'lazy', ...size });
  image.src = paper.href;
  node.append(image);
  return node;
}

function file({ href, name, format }) {
  const node = link('file', href);
  node.append(make('b', '', name), ' ', make('span', '', FORMATS[format] || format.toUpperCase()));
  return node;
}

// A reply stands line by line, so that items hang and the source is set apart; pictures stand
// above the words, files below them.
function bubble({ mine, text, photo, key, papers = [] }) {
  const canvas = photo && drawn(key);
  const words = make('p', 'bubble', mine && !canvas ? text : '');
  if (canvas) words.append(canvas);
  const seen = ({ format }) => PICTURES.includes(format);
  words.append(...papers.filter(seen).map(picture));
  const lines = mine ? [] : text.split('\n');
  lines.forEach((line, place) => {
    const isLast = place > 0 && place === lines.length - 1;
    const span = make('span', kind(line, isLast));
    span.append(...linked(line));
    words.append(span, '\n');
  });
  words.append(...papers.filter((paper) => !seen(paper)).map(file));
  return words;
}

function chips({ buttons }, tap) {
  const row = make('div', 'chips');
  row.append(...buttons.map((one) => button('chip', one.label, () => tap(one))));
  return row;
}

// What somebody missed says when it was sent, since "in three days" counts from then.
function missed(item, before) {
  const day = new Date(item.row).toLocaleDateString('vi', { weekday: 'long', day: 'numeric', month: 'numeric' });
  const first = before && before.missed ? [] : [make('p', 'missed', WORDS.missed)];
  return [...first, make('p', 'sent', WORDS.sentAt(day))];
}

function turn(item, before, does) {
  const node = make('div', item.mine ? 'turn mine' : 'turn');
  if (item.missed) node.append(...missed(item, before));
  node.append(make('span', 'unseen', item.mine ? WORDS.me : WORDS.bot), bubble(item));
  if (item.mine) node.append(make('p', 'note'));
  else if (item.buttons.length) node.append(chips(item, does.tap));
  nodes.set(item.key, node);
  return node;
}

function update(node, item, latest, does) {
  node.classList.toggle('latest', item === latest);
  if (!item.mine) return;
  const failing = item.state === 'unsent' && does.failing;
  const waiting = failing ? WORDS.retry : WORDS.sending;
  const words = { unsent: waiting, refused: REFUSALS[item.error] || '' }[item.state] || '';
  node.classList.toggle('unsent', item.state === 'unsent');
  node.classList.toggle('refused', item.state === 'refused');
  const note = node.lastChild;
  if (note.textContent === words) return;
  note.textContent = failing ? '' : words;
  if (failing) note.append(button('retry', words, does.retry));
}

// Show the items in their order, keep what is there already, drop the others. `does` says what a
// chip does, what trying again does, and whether sending fails just now.
export function draw(talk, does) {
  const items = talk.filter((item) => !item.hidden);
  const latest = items.filter((item) => !item.mine).pop();
  const first = items.find((item) => !nodes.has(item.key));
  const wasAtEnd = atEnd;
  const height = scroll.scrollHeight;
  let place = log.firstChild;
  let before;
  for (const item of items) {
    const node = nodes.get(item.key) || turn(item, before, does);
    update(node, item, latest, does);
    if (node === place) place = place.nextSibling;
    else log.insertBefore(node, place);
    before = item;
  }
  drop(place, new Set(items.map((item) => item.key)));
  if (first && (wasAtEnd || first.mine)) reveal(nodes.get(first.key));
  else if (wasAtEnd && scroll.scrollHeight > height) toEnd();
  look();
}

function drop(place, keys) {
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
  for (const key of nodes.keys()) if (!keys.has(key)) nodes.delete(key);
}

// The end of the talk, or less if the first line of what is new would leave the screen.
function reveal(node) {
  scroll.scrollTop = node.offsetTop - scroll.offsetTop - PEEK;
}

export function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
}

// Where something has come below the talk, who was at its end sees it, but the reply above it first.
export function makeRoom() {
  if (atEnd && log.lastChild) reveal(log.lastChild);
}

function look() {
  atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
  find('down').hidden = atEnd;
}

// Stay at the end when the keyboard takes half of the screen or the box grows.
export function keepPlace() {
  scroll.addEventListener('scroll', look);
  find('down').addEventListener('click', toEnd);
  new ResizeObserver(() => { if (atEnd) toEnd(); else look(); }).observe(scroll);
}

export function answering(now) {
  if (find('answering').hidden !== now) return;
  find('answering').hidden = !now;
  if (now && atEnd) toEnd();
}

export function empty(now) {
  find('empty').hidden = !now;
}

export function status(words) {
  const line = find('status');
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}
