// A bar across the window while the library cannot be written: why, and what to do. It goes when the cause is gone.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { asWaymarkError, commands, keys, queries, readOnly } from "../ipc";
import { flushAll } from "../lib/unsaved";
import { Button } from "../ui/Button";
import { tellError } from "../ui/tell";
import { Words } from "../ui/Words";
import { strings } from "./strings";
import styles from "./window.module.css";

export function Trouble({ onRecover }: { onRecover: () => void }) {
  const client = useQueryClient();
  const { data: trouble = null, isFetched } = useQuery(queries.libraryTrouble());
  const was = useRef(false);
  useEffect(() => {
    // What could not be saved meanwhile is saved now.
    if (was.current && !trouble) void flushAll().catch(() => undefined);
    was.current = trouble !== null;
  }, [trouble]);
  const again = async () => {
    try {
      const left = await commands.openAgain();
      client.setQueryData(keys.trouble, left);
      await client.invalidateQueries();
    } catch (error) {
      tellError(asWaymarkError(error));
    }
  };
  const reason = trouble?.message ?? (isFetched ? null : readOnly);
  if (!reason) return null;
  const isDamaged = trouble?.code === "library_damaged";
  return (
    <div className={styles.bar} role="status">
      <span>
        <Words>{isDamaged ? reason : strings.readOnly(reason)}</Words>
      </span>
      <Button variant="quiet" onClick={isDamaged ? onRecover : () => void again()}>
        {isDamaged ? strings.recoverMore : strings.tryAgain}
      </Button>
    </div>
  );
}
