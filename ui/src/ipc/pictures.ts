// Pictures beside a walkthrough, for texts that name them.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { keys, queries } from "./queries";
import type { WalkthroughId } from "./types";

/** A file beside the walkthrough, as a text names it. */
const beside = /^(?:\.\/)?files\/([^/?#]+)$/;

/** Gives the picture at an address as a `data:` URL, and null where there is none that may be shown. */
export function usePictures(id: WalkthroughId): (address: string) => Promise<string | null> {
  const client = useQueryClient();
  return useCallback(
    async (address) => {
      const name = beside.exec(address)?.[1];
      if (name === undefined) return null;
      const failed = client.getQueryState(keys.picture(id, name))?.status === "error";
      if (failed) client.removeQueries({ queryKey: keys.picture(id, name) });
      return client.fetchQuery(queries.picture(id, name)).catch(() => null);
    },
    [client, id],
  );
}
