// Notices on this device while the page is closed: what the browser allows, and what the server
// knows of it. Nothing is asked of the browser before a person has tapped for it.

import * as memory from './memory.js';

const PATIENCE = 10000; // ms for the service worker to be there
const apple = /iPhone|iPad|iPod/.test(navigator.userAgent)
  || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1); // an iPad says so
const can = window.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window
  && 'Notification' in window;

// 'on', 'off'; 'denied': the browser refuses; 'install': an iPhone allows it only where the page
// was put on the home screen; '': never.
export function state() {
  if (!can) return apple && window.isSecureContext && !navigator.standalone ? 'install' : '';
  if (Notification.permission === 'denied') return 'denied';
  return memory.noticed() && Notification.permission === 'granted' ? 'on' : 'off';
}

async function ask(method, said) {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch('/chat/push', { method, headers, body: said && JSON.stringify(said) });
  const { key, error } = await answer.json().catch(() => ({}));
  return { ok: answer.ok, key, error };
}

async function manager() {
  const late = new Promise((resolve, reject) => { setTimeout(reject, PATIENCE); });
  return (await Promise.race([navigator.serviceWorker.ready, late])).pushManager;
}

function bytes(key) {
  const text = atob(key.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function keyOf({ options }) {
  const key = options && options.applicationServerKey;
  if (!key) return '';
  const text = btoa(String.fromCharCode(...new Uint8Array(key)));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function tell(subscription, asked) {
  const { endpoint, keys } = subscription.toJSON();
  return ask('PUT', { endpoint, ...keys, key: keyOf(subscription), asked });
}

async function subscribe(asked) {
  const { key } = await ask('GET');
  const pushes = await manager();
  const old = await pushes.getSubscription();
  if (old && keyOf(old) !== key) await old.unsubscribe();
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  return tell(await pushes.subscribe(wanted), asked);
}

// The person wants notices; the state after that, or 'failed'.
export async function turnOn() {
  try {
    if (await Notification.requestPermission() !== 'granted') return state();
    memory.notice((await subscribe(true)).ok);
    return memory.noticed() ? 'on' : 'failed';
  } catch (error) {
    return 'failed';
  }
}

// They want none. What cannot be told to the server now, its next try at sending will tell it.
export async function turnOff() {
  memory.notice(false);
  try {
    const subscription = await (await manager()).getSubscription();
    if (subscription) await subscription.unsubscribe();
    await ask('DELETE');
  } catch (error) {
    // The line is gone, or the worker.
  }
}

// At each visit: browsers change their subscriptions, people their minds, in the settings of the
// browser or by having us forget them.
export async function confirm() {
  if (!can || !memory.noticed()) return;
  if (state() !== 'on') {
    await turnOff();
    return;
  }
  try {
    const present = await (await manager()).getSubscription();
    const first = present ? await tell(present, false) : { error: 'other_key' };
    const { error } = first.error === 'other_key' ? await subscribe(false) : first;
    if (error === 'not_kept') await turnOff();
  } catch (error) {
    // At the next visit, then.
  }
}
