// The offer of notices: a card under the talk at the right moment, and a button in the menu.

import * as memory from './memory.js';
import * as push from './push.js';
import { toEnd } from './view.js';
import { NOTICES } from './words.js';

const AGAIN = 14 * 24 * 3600 * 1000; // ms until it is offered again to who wanted to think it over
// What is under a reply that tells of reminders, or under the receipt of a registration.
const MOMENT = /^(remind|remind:days|quiet:.*|paper:.*)$/;
const find = (id) => document.getElementById(id);
let told = ''; // what became of the last tap, until it was read

// Offered under the latest reply, where that is of what people are told later.
function timely(talk) {
  const [latest] = talk.slice(-1);
  const fits = latest && !latest.mine && latest.buttons.some(({ value }) => MOMENT.test(value));
  return fits && memory.offered() < Date.now() - AGAIN;
}

function wanted(talk) {
  const state = push.state();
  return told || (['off', 'install'].includes(state) && timely(talk) ? state : '');
}

// Show what is to be shown; true where the card has come.
export function draw(talk) {
  const card = find('offer');
  const now = wanted(talk);
  const came = Boolean(now) && card.hidden;
  card.hidden = !now;
  if (now && card.dataset.state !== now) {
    card.dataset.state = now;
    find('offered').textContent = NOTICES[now];
    find('allow').hidden = now !== 'off';
    find('later').textContent = now === 'off' ? NOTICES.later : NOTICES.read;
  }
  const state = push.state();
  find('notices').hidden = !state;
  find('notices').textContent = state === 'on' ? NOTICES.stop : NOTICES.start;
  return came;
}

// `redraw` is called whenever something has changed.
export function listen(redraw) {
  const show = (now) => {
    told = now;
    redraw();
    if (now) toEnd(); // who has tapped is to see what came of it
  };
  const allow = async () => show(await push.turnOn());
  find('allow').addEventListener('click', allow);
  find('later').addEventListener('click', () => { memory.offer(); show(''); });
  find('notices').addEventListener('click', async () => {
    const state = push.state();
    if (state === 'on') await push.turnOff();
    show(state === 'on' ? 'stopped' : state);
  });
  push.confirm().then(redraw);
}
