// The open draft, as the editor gives it to parts of other features: what it is, and the one way to change it. Features
// do not know each other; this is what they share.

import { createContext, use } from "react";
import type { TypedValues } from "./typed";
import type { Applied, Edit, Field, Finding, Step, StepId, Walkthrough } from "./types";

export type OpenPart = {
  walkthrough: Walkthrough;
  /** The step that is shown; in the flow the one that is chosen there. */
  step: Step | null;
  findings: readonly Finding[];
  /** Every change goes through one queue, behind what is typed. */
  edit: (edit: Edit) => Promise<void>;
  write: (run: (walkthrough: Walkthrough["id"]) => Promise<Applied | null>) => Promise<void>;
  /** What is typed into forms, and saves itself. */
  typed: TypedValues;
  /** Shows the text of a step. */
  openStep: (step: StepId) => void;
  /** Shows a field of a step, and a place in its text. */
  openPlace: (step: StepId, field: Field | null, at?: number) => void;
  openQuiz: (step: StepId) => void;
  openFlow: (step: StepId | null) => void;
};

const OpenPartContext = createContext<OpenPart | null>(null);
export const OpenPartProvider = OpenPartContext.Provider;

export function useOpenPart(): OpenPart {
  const part = use(OpenPartContext);
  if (!part) throw new Error("BUG: a part of the editor was rendered outside of it.");
  return part;
}
