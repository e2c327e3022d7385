"use strict";
// A button beside each value that copies it. Without scripts the value is selected by a click.
for (const value of document.querySelectorAll(".value")) {
  const button = document.createElement("button");
  const label = value.closest("dd")?.previousElementSibling?.textContent ?? "";
  button.type = "button";
  button.className = "copy";
  button.textContent = "写す";
  button.setAttribute("aria-label", `${label}を写す`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(value.textContent);
      button.textContent = "写しました";
    } catch {
      getSelection().selectAllChildren(value);
      button.textContent = "選びました";
    }
    setTimeout(() => { button.textContent = "写す"; }, 2000);
  });
  value.after(button);
}
// While the run does its own part, the page looks again by itself.
if (document.querySelector("[data-busy]")) {
  const look = async () => {
    try {
      const now = await (await fetch("/instruction.json")).json();
      if (now.state !== "busy") {
        location.replace("/");
        return;
      }
    } catch { /* The console is being started again. */ }
    setTimeout(look, 1500);
  };
  setTimeout(look, 1500);
}
