// What is seen. The log is drawn from the remembered talk; texts are only ever set as text.

import { REFUSALS, WORDS } from './words.js';

const find = (id) => document.getElementById(id);
const log = find('log');
const scroll = find('scroll');
const nodes = new Map(); // by the key of the item

function make(tag, className, text = '') {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

// The words as they came; a last line that names the source is set apart.
function bubble({ text }) {
  const at = text.lastIndexOf('\n') + 1;
  const words = make('p', 'bubble');
  if (at && text.slice(at).startsWith('Nguồn:')) {
    words.append(text.slice(0, at).trimEnd(), make('span', 'source', text.slice(at)));
  } else {
    words.textContent = text;
  }
  return words;
}

function chips({ buttons }, tap) {
  const row = make('div', 'chips');
  for (const button of buttons) {
    const chip = make('button', 'chip', button.label);
    chip.type = 'button';
    chip.addEventListener('click', () => tap(button));
    row.append(chip);
  }
  return row;
}

function turn(item, tap) {
  const node = make('div', item.mine ? 'turn mine' : 'turn');
  node.append(make('span', 'unseen', item.mine ? WORDS.me : WORDS.bot), bubble(item));
  if (item.mine) node.append(make('p', 'note'));
  else if (item.buttons.length) node.append(chips(item, tap));
  return node;
}

function update(node, item, latest) {
  node.classList.toggle('latest', item === latest);
  if (!item.mine) return;
  const note = { unsent: WORDS.sending, refused: REFUSALS[item.error] || '' }[item.state] || '';
  node.classList.toggle('unsent', item.state === 'unsent');
  node.classList.toggle('refused', item.state === 'refused');
  if (node.lastChild.textContent !== note) node.lastChild.textContent = note;
}

function fresh(item, tap) {
  const node = turn(item, tap);
  nodes.set(item.key, node);
  return node;
}

// Show the items in their order, keep what is there already, drop the others.
export function draw(talk, tap) {
  const items = talk.filter((item) => !item.hidden);
  const latest = items.filter((item) => !item.mine).pop();
  const below = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
  const newest = items[items.length - 1];
  const follow = below < 120 || (newest && newest.mine && !nodes.has(newest.key));
  let place = log.firstChild;
  for (const item of items) {
    const node = nodes.get(item.key) || fresh(item, tap);
    update(node, item, latest);
    if (node === place) place = place.nextSibling;
    else log.insertBefore(node, place);
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
  const keys = new Set(items.map((item) => item.key));
  for (const key of nodes.keys()) if (!keys.has(key)) nodes.delete(key);
  if (follow) toEnd();
}

export function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
}

export function answering(now) {
  if (find('answering').hidden !== now) return;
  find('answering').hidden = !now;
  if (now) toEnd();
}

export function empty(now) {
  find('empty').hidden = !now;
}

export function status(words) {
  const line = find('status');
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}
