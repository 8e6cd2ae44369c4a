// The machine's own way to share a page, where it has one; else the address is copied.

for (const place of document.querySelectorAll("[data-share]")) {
  const button = place.querySelector("button");
  const label = button.textContent;
  const page = {
    title: document.querySelector("h1")?.textContent ?? document.title,
    url: document.querySelector("link[rel=canonical]")?.href ?? location.href,
  };
  if (!navigator.share && !navigator.clipboard) continue;
  place.hidden = false;
  button.addEventListener("click", async () => {
    if (navigator.share) {
      await navigator.share(page).catch(() => {}); // the reader thought better of it
      return;
    }
    await navigator.clipboard.writeText(page.url);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 3000);
  });
}
