// A "Copy" button beside each block of embed code and each query; without it the text can still be selected.

for (const block of document.querySelectorAll(".copy")) {
  const text = block.querySelector("textarea");
  text.addEventListener("focus", () => text.select());
  block.append(copying(() => text.value, () => text.select(), ""));
}
for (const query of document.querySelectorAll(".query")) {
  const text = query.querySelector("pre");
  query.querySelector("form").append(copying(() => text.textContent, () => getSelection().selectAllChildren(text), " the query"));
}

// A button that copies a text, or selects it where a browser keeps the clipboard to itself.
function copying(text, select, what) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copier";
  button.textContent = `Copy${what}`;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    button.textContent = (await copied(text())) ? "Copied" : "Press Ctrl+C";
    if (button.textContent !== "Copied") select();
  });
  button.addEventListener("blur", () => {
    button.textContent = `Copy${what}`;
  });
  return button;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
