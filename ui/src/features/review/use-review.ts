// The review of the open walkthrough, and the one way to change it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import {
  asWaymarkError,
  commands,
  keys,
  type Review,
  type ReviewAuthor,
  reviewKeys,
  reviewQueries,
  useOpenPart,
} from "../../ipc";
import { kept, type Stored } from "../../lib/stored";
import { flushAll } from "../../lib/unsaved";
import { tellError } from "../../ui/tell";

type Waiting = { run: () => void; otherwise?: () => void };

/** What waits until somebody has said who they are. */
export const naming: Stored<Waiting | null> = kept<Waiting | null>(null);

export type ReviewPart = {
  id: string;
  review: Review | undefined;
  error: Error | null;
  author: ReviewAuthor | undefined;
  /** Changes the review once all that is typed is saved. False where it could not. */
  change: (run: () => Promise<Review>) => Promise<boolean>;
  /** Does something under a name: asks for it first where nobody has given one. */
  named: (run: () => void, otherwise?: () => void) => void;
};

export function useReview(): ReviewPart {
  const { walkthrough } = useOpenPart();
  const { id } = walkthrough;
  const client = useQueryClient();
  const { data, error } = useQuery(reviewQueries.review(id));
  const author = useQuery(reviewQueries.author()).data;
  const change = useCallback(
    async (run: () => Promise<Review>) => {
      try {
        await flushAll();
        client.setQueryData(reviewKeys.review(id), await run());
        void client.invalidateQueries({ queryKey: keys.plans });
        return true;
      } catch (thrown) {
        tellError(asWaymarkError(thrown));
        void client.invalidateQueries({ queryKey: reviewKeys.review(id) });
        return false;
      }
    },
    [client, id],
  );
  const named: ReviewPart["named"] = (run, otherwise) =>
    author?.is_chosen ? run() : naming.write({ run, ...(otherwise ? { otherwise } : {}) });
  return { id, review: data, error, author, change, named };
}

export const setName = (name: string): Promise<ReviewAuthor> => commands.setReviewAuthor(name);
