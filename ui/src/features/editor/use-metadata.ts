// The writer's metadata as it is typed. It is saved while somebody types, and put in order for them when they have left it.

import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { commands, type Typed, useTyped, type Walkthrough, type Way } from "../../ipc";
import { useEditor } from "./editor";
import type { DraftSession } from "./session";

type Shown = { text: string; metadata: string | null };

const shownOf = ({ id, metadata }: Pick<Walkthrough, "id" | "metadata">) =>
  queryOptions({
    queryKey: ["metadata", id, metadata],
    queryFn: () => commands.showMetadata({ walkthrough: id, step: null }),
  });

export function useMetadata(): Typed<string> {
  const { session, walkthrough } = useEditor();
  const client = useQueryClient();
  const saved = useQuery(shownOf(walkthrough)).data;
  // What was typed and is saved stays to the letter as long as it is being written.
  const [isWriting, setWriting] = useState(false);
  const latest = useRef<Shown>({ text: "", metadata: null });
  const isMine = isWriting && latest.current.metadata === walkthrough.metadata;
  const way = wayOf(session, client, (metadata) => {
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

function wayOf(session: DraftSession, client: QueryClient, onSaved: (metadata: string | null) => void): Way<string> {
  return {
    key: "metadata",
    send: (text, walkthrough, seen_version) =>
      session.host.enterMetadata({ of: { walkthrough, step: null }, text, seen_version }),
    settle: async (walkthrough) => {
      await client.prefetchQuery(shownOf(walkthrough));
      onSaved(walkthrough.metadata);
      return null;
    },
  };
}
