import { expect, test } from "vitest";
import { showWhole } from "./whole";

test("a line says all of itself only where it is cut off", () => {
  const line = document.createElement("span");
  Object.assign(line.style, { display: "block", width: "40px", overflow: "hidden", whiteSpace: "nowrap" });
  document.body.append(line);
  line.textContent = "A title that does not fit";
  showWhole({ currentTarget: line });
  expect(line.title).toBe("A title that does not fit");
  line.textContent = "A";
  showWhole({ currentTarget: line });
  expect(line.title).toBe("");
  line.remove();
});
