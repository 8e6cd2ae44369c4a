// A text field hands its words to the form a moment after the last key. The button that adds an
// offered story waits for that moment, so that what was typed just before is saved with it.

// Milliseconds. Draftail's timer takes 250; one of 400 that starts later ends later, however slow
// the machine. What was typed longer ago than RECENT has been handed over.
const SETTLED = 400;
const RECENT = 5000;
const BUTTON = "add-related-story";

let lastChange = -RECENT;

for (const change of ["keydown", "paste", "cut", "drop"]) {
  document.addEventListener(change, () => (lastChange = performance.now()), true);
}

// The button may be drawn anew meanwhile, by an autosave: its name and value go as a field.
function submitWith(form, { name, value }) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
  form.requestSubmit();
  field.remove();
}

document.addEventListener(
  "submit",
  (event) => {
    const settled = performance.now() - lastChange > RECENT;
    if (event.submitter?.name !== BUTTON || settled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    setTimeout(() => submitWith(target, submitter), SETTLED);
  },
  true,
);
