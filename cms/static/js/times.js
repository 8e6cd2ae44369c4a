// A time says on hover what it is in the reader's own zone.

document.addEventListener("pointerover", (event) => {
  const time = event.target.closest?.("time[datetime*='T']");
  if (!time || time.title) return;
  const form = { dateStyle: "full", timeStyle: "long" };
  time.title = new Date(time.dateTime).toLocaleString(document.documentElement.lang, form);
});
