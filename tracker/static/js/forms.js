/**
 * Forms work without this; it makes them kinder: a warning before typed text is left behind,
 * one answer to a double click, the room left in a long text, and the way to the first error.
 */

const DOUBLE_CLICK_MS = 2000;
const PAUSE_MS = 800;
const NEARLY_FULL = 500;

/** Ask before a changed form is left other than by sending it. */
function guard(form) {
  // What came back with errors is not stored either.
  let isChanged = form.querySelector("[aria-invalid]") !== null;
  form.addEventListener("input", () => (isChanged = true));
  form.addEventListener("submit", () => (isChanged = false));
  window.addEventListener("beforeunload", (event) => isChanged && event.preventDefault());
}

/** Let a form be sent once in two seconds; the server refuses a repeat in any case. */
function sendOnce(form) {
  let sentAt = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sentAt < DOUBLE_CLICK_MS) {
      event.preventDefault();
      return;
    }
    sentAt = event.timeStamp;
  });
}

function paragraph(classes) {
  const made = document.createElement("p");
  made.className = classes;
  return made;
}

/** Say how many characters are left once a text grows long: to the eye, after a pause to the ear. */
function count(textarea) {
  const seen = paragraph("field__count");
  const heard = paragraph("visually-hidden");
  let pause;
  seen.ariaHidden = "true";
  heard.setAttribute("role", "status");
  const update = () => {
    const left = textarea.maxLength - textarea.value.length;
    seen.textContent = left <= NEARLY_FULL ? `${left.toLocaleString("en-GB")} characters left` : "";
  };
  textarea.addEventListener("input", () => {
    update();
    clearTimeout(pause);
    pause = setTimeout(() => (heard.textContent = seen.textContent), PAUSE_MS);
  });
  update();
  (textarea.closest(".with-unit") ?? textarea).after(seen, heard);
}

for (const form of document.querySelectorAll("form[method=post]")) {
  sendOnce(form);
}
document.querySelectorAll("form[data-guard]").forEach(guard);
document.querySelectorAll("textarea[maxlength]").forEach(count);
document.querySelector("[data-error-summary]")?.focus();
