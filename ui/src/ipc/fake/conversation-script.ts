// What happens in the conversations of the fake, and the words around it.

import type { Move, Scenario } from "../types";

const nexts = (count: number): Move[] => Array.from({ length: count }, () => ({ move: "next" }));

export function opening(scenario: Scenario, steps: number): Move[] {
  const middle = Math.min(3, steps);
  const number = Math.min(middle + 1, steps);
  const edit = (edit: Extract<Move, { move: "edit" }>["edit"]): Move[] => [
    ...nexts(middle + 1),
    { move: "edit", edit },
    ...nexts(1),
  ];
  switch (scenario) {
    case "first_visit":
    case "several":
      return nexts(1);
    case "resume":
      return [...nexts(middle + 1), { move: "come_back" }];
    case "restart":
      return [...nexts(middle + 1), { move: "restart" }];
    case "step_added":
      return edit({ change: "add_step", number: number + 1, title: "A new step" });
    case "step_removed":
      return edit({ change: "remove_step", number });
    case "reordered":
      return edit({ change: "move_step", number: steps, to: number });
    case "renamed":
      return edit({ change: "rename_step", number: number + 1, title: "A step with another title" });
    case "last_step":
      return nexts(steps);
  }
}

export const words: Partial<Record<Move["move"], string>> = {
  next: "Done. What comes next?",
  come_back: "Hello again. Where were we?",
  restart: "Let us begin again from the first step.",
  status: "How far have I come?",
  reset: "Please forget how far I have come.",
  skip: "I want to skip this one.",
  wrong_id: "Done.",
  other_session: "Done. What comes next?",
};
export const notes: Partial<Record<Move["move"], string>> = {
  come_back: "A day later, in a new visit.",
  repeat: "The answer was lost. The agent makes the same call again.",
  wrong_id: "The agent passes an id that it made up.",
  skip: "The agent passes the id of the step after the current one.",
  other_session: "The same learner opens a second session.",
  edit: "The author changes the walkthrough.",
};
