// Keeps the page itself, so that it opens without a signal. Never touches the conversation.

const [, , version] = self.location.pathname.split('/'); // of /page/<version>/sw.js
const PARTS = ['chat.css', 'chat.js', 'icon.svg', 'line.js', 'memory.js', 'view.js', 'words.js'];

self.addEventListener('install', (event) => {
  const shell = ['/', ...PARTS.map((part) => `/page/${version}/${part}`)];
  self.skipWaiting();
  event.waitUntil(caches.open(version).then((cache) => cache.addAll(shell)));
});

self.addEventListener('activate', (event) => {
  const older = (names) => names.filter((name) => name !== version);
  event.waitUntil(caches.keys().then((names) => Promise.all(older(names).map((name) => caches.delete(name)))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const ours = origin === self.location.origin && (pathname === '/' || pathname.startsWith('/page/'));
  if (ours && request.method === 'GET') {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
  }
});
