import type { ReactNode } from "react";
import { Button } from "./Button";
import styles from "./notice.module.css";
import { strings } from "./strings";
import { Words } from "./Words";

type NoticeProps = { title: string; text?: string; children?: ReactNode };

/** A screen with nothing to list: it says why, and what to do. */
export function Notice({ title, text, children }: NoticeProps) {
  return (
    <div className={styles.notice}>
      <h2 className={styles.title}>
        <Words>{title}</Words>
      </h2>
      {text && (
        <p className={styles.text}>
          <Words>{text}</Words>
        </p>
      )}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}

type FailureProps = { error: { message: string; hint?: string | null }; onRetry?: () => void; children?: ReactNode };

/** A screen that could not be read. */
export function Failure({ error, onRetry, children }: FailureProps) {
  return (
    <div role="alert">
      <Notice title={error.message} {...(error.hint ? { text: error.hint } : {})}>
        {onRetry && <Button onClick={onRetry}>{strings.retry}</Button>}
        {children}
      </Notice>
    </div>
  );
}
