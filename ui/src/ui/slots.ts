// Places in a screen that another feature fills. The app decides with what, so that features need not know each other.

import { type ComponentType, createContext } from "react";

/** The way to publish one walkthrough, in the header of its editor. Empty, the editor shows its own plain button. */
export const PublishSlot = createContext<ComponentType<{ id: string }> | null>(null);
