// Keeps the marks of comments in the texts of the shown step where the host says that they are.

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { reviewQueries, type StepId } from "../../../ipc";
import { useEditor } from "../editor";
import { openViews, subscribeViews } from "./open-views";
import { showCommented } from "./review-marks";

export function useReviewMarks(step: StepId): void {
  const { session, walkthrough } = useEditor();
  const review = useQuery(reviewQueries.review(walkthrough.id)).data;
  useEffect(() => {
    const show = () => {
      // Places are of the saved text: what was typed since moves the marks that are there.
      if (!review || session.hasUnsaved) return;
      const here = review.threads.filter(({ is_resolved, target }) => !is_resolved && target.step === step);
      for (const { field, view } of openViews()) {
        const commented = here.flatMap(({ id, target, spot: { from, to } }) =>
          target.field === field && from !== null && to !== null ? [{ thread: id, from, to }] : [],
        );
        showCommented(view, field, commented);
      }
    };
    show();
    return subscribeViews(() => queueMicrotask(show));
  }, [session, review, step]);
}
