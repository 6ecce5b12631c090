// What the graph, the list and the line about the chosen step get alike.

import type { Flow, FlowStep, StepId } from "../../ipc";
import type { Point } from "../../ui/Menu";
import type { FlowActions } from "./use-flow";

export type FlowView = {
  flow: Flow;
  steps: ReadonlyMap<StepId, FlowStep>;
  selected: FlowStep | null;
  withQuiz: ReadonlySet<StepId>;
  actions: FlowActions;
  onSelect: (step: StepId) => void;
  onOpen: (step: StepId) => void;
  /** Asks where a step is to lead. */
  onLink: (step: FlowStep) => void;
  /** Asks what can be done with a step, at a place of the window. */
  onAsk: (step: FlowStep, at: Point) => void;
};
