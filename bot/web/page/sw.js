// Keeps the page itself, so that it opens without a signal, and tells of news while it is closed.
// Never touches the conversation.

const PATIENCE = 3000; // ms
const [, , version] = self.location.pathname.split('/'); // of /page/<version>/sw.js
const PARTS = ['chat.css', 'chat.js', 'icon.svg', 'line.js', 'memory.js', 'offer.js', 'photos.js',
  'push.js', 'view.js', 'words.js'];
const PAGES = { type: 'window', includeUncontrolled: true }; // at the first visit it is not ours yet
const NAME = 'Thi Đua';
const NEWS = 'Anh chị có tin mới. Chạm để xem.'; // where nothing of it is to be shown

self.addEventListener('install', (event) => {
  const shell = ['/', ...PARTS.map((part) => `/page/${version}/${part}`)];
  self.skipWaiting();
  event.waitUntil(caches.open(version).then((cache) => cache.addAll(shell)));
});

self.addEventListener('activate', (event) => {
  const older = (names) => names.filter((name) => name !== version);
  event.waitUntil(caches.keys().then((names) => Promise.all(older(names).map((name) => caches.delete(name)))));
});

// The parts never change under their version; the page itself is fetched, but on a bad signal
// nobody waits long for what is kept here.
async function lend(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  if (kept && new URL(request.url).pathname !== '/') return kept;
  const fetched = fetch(request);
  if (!kept) return fetched;
  const enough = new Promise((resolve) => { setTimeout(resolve, PATIENCE, kept); });
  return Promise.race([fetched.catch(() => kept), enough]);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const ours = origin === self.location.origin && (pathname === '/' || pathname.startsWith('/page/'));
  if (ours && request.method === 'GET') event.respondWith(lend(request));
});

// Where the page is on the screen, the message is as well.
async function notify(data) {
  const pages = await self.clients.matchAll(PAGES);
  if (pages.some((page) => page.visibilityState === 'visible')) return;
  let text = '';
  try {
    ({ text } = data.json());
  } catch (error) {
    // Something came, at least.
  }
  const icon = `/page/${version}/icon-192.png`;
  await self.registration.showNotification(NAME, {
    body: text || NEWS, tag: 'news', renotify: true, lang: 'vi', icon,
  });
}

async function openPage() {
  const [page] = await self.clients.matchAll(PAGES);
  if (page) await page.focus();
  else await self.clients.openWindow('/');
}

// The browser has changed its subscription; where it does not say how, the next visit will tell.
async function renew({ oldSubscription }) {
  if (!oldSubscription) return;
  const { applicationServerKey } = oldSubscription.options;
  const wanted = { userVisibleOnly: true, applicationServerKey };
  const { endpoint, keys } = (await self.registration.pushManager.subscribe(wanted)).toJSON();
  const letters = btoa(String.fromCharCode(...new Uint8Array(applicationServerKey)));
  const key = letters.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const body = JSON.stringify({ endpoint, ...keys, key });
  await fetch('/chat/push', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body });
}

self.addEventListener('push', (event) => event.waitUntil(notify(event.data)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});
