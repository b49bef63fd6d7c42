// Keeps the page itself, so that it opens without a signal. Never touches the conversation.

const PATIENCE = 3000; // ms
const [, , version] = self.location.pathname.split('/'); // of /page/<version>/sw.js
const PARTS = ['chat.css', 'chat.js', 'icon.svg', 'line.js', 'memory.js', 'photos.js', 'view.js', 'words.js'];

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
