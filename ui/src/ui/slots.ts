// Places in a screen that another feature fills. The app decides with what, so that features need not know each other.

import { type ComponentType, createContext } from "react";

/** The way to publish one walkthrough, in the header of its editor. Empty, the editor shows its own plain button. */
export const PublishSlot = createContext<ComponentType<{ id: string }> | null>(null);

/** Parts of the editor that are features of their own. */
export const EditorParts = createContext<{
  /** The ways between the steps, in place of the text. */
  Flow: ComponentType;
  /** The quiz of the step, in place of its text. */
  Quiz: ComponentType;
  /** The quiz as a learner meets it. */
  QuizPreview: ComponentType;
  /** The review, beside the text. */
  Review: ComponentType;
  /** The certificate's settings, below the details. */
  Certificate: ComponentType;
} | null>(null);
