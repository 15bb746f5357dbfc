// What the page has left in the browser.
async () => {
  const found = [];
  const count = (name, storage) => { if (storage.length) found.push({ element: name, detail: `it holds ${Object.keys(storage).join(", ")}` }); };
  count("localStorage", localStorage);
  count("sessionStorage", sessionStorage);
  for (const base of await indexedDB.databases()) found.push({ element: "indexedDB", detail: `it holds ${base.name}` });
  for (const cache of await caches.keys()) found.push({ element: "caches", detail: `it holds ${cache}` });
  for (const worker of await navigator.serviceWorker.getRegistrations()) found.push({ element: "serviceWorker", detail: worker.scope });
  if (window.name) found.push({ element: "window.name", detail: window.name });
  return found;
}
