// The flow of the open draft, and what can be done with it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import {
  asWaymarkError,
  commands,
  type Flow,
  type FlowOrder,
  type FlowStep,
  keys,
  type OpenPart,
  queries,
  type StepId,
  useOpenPart,
} from "../../ipc";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";
import { byId } from "./words";

/** Read anew with each state of the draft; until it is there, the one before stands. */
export function useFlow() {
  const { walkthrough } = useOpenPart();
  const { id } = walkthrough;
  const client = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new state of the walkthrough is a reason.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: keys.flow(id) });
  }, [client, id, walkthrough]);
  return useQuery(queries.flow(id));
}

export type FlowActions = {
  /** What was done last, for screen readers. */
  said: string;
  link: (from: FlowStep, to: StepId) => void;
  unlink: (from: FlowStep) => void;
  straighten: (step: StepId | null) => void;
  setOrder: (order: FlowOrder) => void;
};

export function useFlowActions(flow: Flow | undefined): FlowActions {
  const part = useOpenPart();
  const [said, setSaid] = useState("");
  return useMemo(() => ({ said, ...actions(part, flow, setSaid) }), [part, flow, said]);
}

function actions({ edit, write }: OpenPart, flow: Flow | undefined, say: (words: string) => void) {
  const attempt = (run: () => Promise<unknown>) => {
    run().catch((error: unknown) => tellError(asWaymarkError(error)));
  };
  const position = (id: StepId) => (flow ? (byId(flow).get(id)?.position ?? 0) : 0);
  return {
    link: (from: FlowStep, to: StepId) =>
      attempt(async () => {
        await edit({ edit: "set_link", step: from.id, next: to });
        say(strings.linked(from.position, position(to)));
      }),
    unlink: (from: FlowStep) =>
      attempt(async () => {
        if (from.link.kind === "none") return;
        await edit({ edit: "set_link", step: from.id, next: null });
        say(strings.unlinked(from.position));
      }),
    straighten: (step: StepId | null) =>
      attempt(async () => {
        let isDone = false;
        await write(async (walkthrough) => {
          const applied = await commands.straightenFlow({ walkthrough, step });
          isDone = applied !== null;
          return applied;
        });
        if (step === null) tell(isDone ? strings.straightened : strings.nothingToStraighten);
      }),
    setOrder: (order: FlowOrder) =>
      attempt(() => write((walkthrough) => commands.setFlowOrder({ walkthrough, order }))),
  };
}
