// How many minutes ago, in the page's language, for an hour; and on hover what the time is in the
// reader's own zone. Reckoned here, so that a stored page is right.

const language = document.documentElement.lang;
const ago = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "narrow" });

function showAgo() {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    time.dataset.ago ||= time.textContent;
    const minutes = Math.floor((Date.now() - new Date(time.dateTime)) / 60_000);
    const recent = minutes >= 0 && minutes < 60;
    time.textContent = recent ? ago.format(-Math.max(1, minutes), "minute") : time.dataset.ago;
  }
}

showAgo();
setInterval(showAgo, 20_000);
document.addEventListener("visibilitychange", showAgo);
document.addEventListener("stories-added", showAgo);

document.addEventListener("pointerover", (event) => {
  const time = event.target.closest?.("time[datetime*='T']");
  if (!time || time.title) return;
  const form = { dateStyle: "full", timeStyle: "short" };
  time.title = new Date(time.dateTime).toLocaleString(language, form);
});
