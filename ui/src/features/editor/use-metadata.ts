// The writer's metadata as it is typed. It is saved while somebody types, and put in order for them when they have left it.

import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { commands, type Step, type StepId, type Typed, useTyped, type WalkthroughId, type Way } from "../../ipc";
import { useEditor } from "./editor";
import type { DraftSession } from "./session";

type Shown = { text: string; metadata: string | null };

const shownOf = (walkthrough: WalkthroughId, step: StepId | null, metadata: string | null) =>
  queryOptions({
    queryKey: ["metadata", walkthrough, step, metadata],
    queryFn: () => commands.showMetadata({ walkthrough, step }),
  });

/** Of the walkthrough itself, or of one step. */
export function useMetadata(step: Step | null): Typed<string> {
  const { session, walkthrough } = useEditor();
  const client = useQueryClient();
  const { metadata } = step ?? walkthrough;
  const saved = useQuery(shownOf(walkthrough.id, step?.id ?? null, metadata)).data;
  // What was typed and is saved stays to the letter as long as it is being written.
  const [isWriting, setWriting] = useState(false);
  const latest = useRef<Shown>({ text: "", metadata: null });
  const isMine = isWriting && latest.current.metadata === metadata;
  const way = wayOf(session, client, step?.id ?? null, (metadata) => {
    latest.current.metadata = metadata;
  });
  const typed = useTyped(session.typed, way, isMine ? latest.current.text : (saved ?? ""));
  return {
    ...typed,
    change: (text) => {
      latest.current.text = text;
      setWriting(true);
      typed.change(text);
    },
    flush: () => {
      setWriting(false);
      typed.flush();
    },
  };
}

function wayOf(
  session: DraftSession,
  client: QueryClient,
  step: StepId | null,
  onSaved: (metadata: string | null) => void,
): Way<string> {
  return {
    key: step === null ? "metadata" : `metadata of ${step}`,
    send: (text, walkthrough, seen_version) =>
      session.host.enterMetadata({ of: { walkthrough, step }, text, seen_version }),
    settle: async (walkthrough) => {
      const saved = step === null ? walkthrough : walkthrough.steps.find(({ id }) => id === step);
      if (!saved) return null;
      await client.prefetchQuery(shownOf(walkthrough.id, step, saved.metadata));
      onSaved(saved.metadata);
      return null;
    },
  };
}
