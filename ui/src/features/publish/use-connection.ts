// Where to publish to: what was chosen last, else where the walkthrough already is, else the first.

import { useQuery } from "@tanstack/react-query";
import { queries } from "../../ipc";
import { publishTo } from "../../lib/publish-to";
import { useStored } from "../../lib/stored";

export function useConnection(ids: string[]) {
  const connections = useQuery(queries.connections()).data;
  const drafts = useQuery(queries.drafts()).data;
  const [last, choose] = useStored(publishTo);
  const known = drafts?.find(({ id }) => id === ids[0])?.unpublished.map(({ connection }) => connection) ?? [];
  const wanted = [last, ...known];
  const connection =
    wanted.map((id) => connections?.find((candidate) => candidate.id === id)).find(Boolean) ?? connections?.[0];
  return { connections, connection, choose };
}
