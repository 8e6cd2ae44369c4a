// A text field hands its words to the form a moment after the last key. The button that adds an
// offered story waits for that moment, so that what was typed just before is saved with it.

const SETTLED = 400; // milliseconds; Draftail takes 250
const BUTTON = "add-related-story";

let lastChange = -SETTLED;

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
    const left = lastChange + SETTLED - performance.now();
    if (event.submitter?.name !== BUTTON || left <= 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    setTimeout(() => submitWith(target, submitter), left);
  },
  true,
);
