// Ways to the parts of a walkthrough that other features draw, for the palette, the menu and the keyboard.

import { navigate } from "../../lib/route";
import { type Action, doing } from "../../ui/actions";
import { editorSpecs } from "./action-specs";
import type { Editor } from "./editor";
import { showReview } from "./text/comment";

export function partActions({ walkthrough: { id }, step, part, go, goFlow, goQuiz }: Editor): Action[] {
  const { flow, quiz, review, conversation, "agent-runs": runs } = editorSpecs;
  const toggleQuiz = () => step && (part === "quiz" ? go(step.id) : goQuiz(step.id));
  return [
    doing(flow, () => goFlow(step?.id ?? null)),
    doing(quiz, toggleQuiz, step !== null),
    doing(review, showReview),
    doing(conversation, () => navigate({ screen: "conversation", id })),
    doing(runs, () => navigate({ screen: "agent-runs", id })),
  ];
}
