/** Keeps the page's files, so that it opens without a network after the first visit. */
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

declare const VERSION: string;
declare const FILES: readonly string[];

const scope = globalThis as unknown as {
  addEventListener(kind: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(kind: "fetch", listener: (event: FetchEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly scope: string };
};

const cacheName = `isocortex ${VERSION}`;

scope.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll(FILES.map((file) => new URL(file, scope.registration.scope).href));
    await scope.skipWaiting();
  };
  const orNothing = async (error: unknown) => {
    await caches.delete(cacheName);
    throw error;
  };
  event.waitUntil(keep().catch(orNothing));
});

scope.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const own = names.filter((name) => name.startsWith("isocortex ") && name !== cacheName);
    await Promise.all(own.map((name) => caches.delete(name)));
    await scope.clients.claim();
  };
  event.waitUntil(tidy());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope.registration.scope)) return;
  const answer = async () => {
    const cache = await caches.open(cacheName);
    const kept = await cache.match(request, { ignoreSearch: true });
    return kept ?? fetch(request);
  };
  event.respondWith(answer());
});
