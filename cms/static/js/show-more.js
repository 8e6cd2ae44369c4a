// "Show more" in place. Without this file, or when anything goes wrong, it is a plain link.

function append(feed, more) {
  for (const item of [...more.children]) {
    const last = feed.lastElementChild;
    const sameDay = item.dataset.day && last && last.dataset.day === item.dataset.day;
    if (sameDay) last.querySelector("ol").append(...item.querySelector("ol").children);
    else feed.append(item);
  }
}

async function showMore(link) {
  const feed = document.getElementById(link.dataset.showMore);
  const label = link.textContent;
  link.setAttribute("aria-busy", "true");
  link.textContent = link.dataset.busy;
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(`${answer.status} for ${link.href}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const more = page.getElementById(feed.id);
  if (!more) throw new Error(`No list in ${link.href}`);
  const links = feed.getElementsByTagName("a");
  const before = links.length;
  append(feed, document.importNode(more, true));
  const next = page.querySelector("[data-show-more]");
  if (next) {
    link.href = next.getAttribute("href");
    link.textContent = label;
    link.removeAttribute("aria-busy");
  } else {
    link.parentElement.remove();
  }
  links[before]?.focus({ preventScroll: true });
  document.dispatchEvent(new Event("stories-added"));
  const status = document.querySelector("[data-feed-status]");
  if (status) status.textContent = status.dataset.added;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-show-more]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") === "true") return;
  showMore(link).catch(() => location.assign(link.href));
});
