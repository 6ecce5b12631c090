import type { QueryClient } from "@tanstack/react-query";
import { staleKeys } from "../../ipc";

/** Another wording is another text wherever one is shown. */
export async function refresh(client: QueryClient): Promise<void> {
  await Promise.all(staleKeys("wording", "").map((queryKey) => client.invalidateQueries({ queryKey })));
}
