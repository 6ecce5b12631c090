// Texts outside the four fields, by a name in the address (`title`, `prompt-0`, `answer-0-2`), and the way to them.

export type SlotName = string;

const known =
  /^(title|description|section|certificate_title|certificate_body|(prompt|explanation)-\d{1,3}|answer-\d{1,3}-\d{1,3})$/;

export const isSlotName = (name: string): name is SlotName => known.test(name);

/** Waits for so many pictures until the text is on the screen. */
const tries = 60;

/** Puts the cursor into a text, and marks what is meant, as soon as it is there. Gives the way to stop waiting. */
export function focusSlot(name: SlotName, from?: number, to?: number): () => void {
  let left = tries;
  let frame = requestAnimationFrame(function look() {
    const input = find(name);
    if (input) reach(input, from, to ?? from);
    else if (left-- > 0) frame = requestAnimationFrame(look);
  });
  return () => cancelAnimationFrame(frame);
}

type Input = HTMLInputElement | HTMLTextAreaElement;

function find(name: SlotName): Input | null {
  const [kind = "", question, answer] = name.split("-");
  if (question === undefined) return document.querySelector<Input>(`[data-slot="${kind}"]`);
  const card = document.querySelector(`[data-question="${question}"]`);
  if (answer !== undefined) return card?.querySelectorAll<Input>("[data-row-text]")[Number(answer)] ?? null;
  return card?.querySelector<Input>(`[data-slot="${kind}"]`) ?? null;
}

function reach(input: Input, from: number | undefined, to: number | undefined): void {
  input.scrollIntoView({ block: "center" });
  input.focus();
  if (from !== undefined) input.setSelectionRange(from, to ?? from);
}
