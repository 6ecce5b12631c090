import { IconAlertCircle, IconCopy, IconX } from "@tabler/icons-react";
import { type FocusEvent, useEffect, useRef, useSyncExternalStore } from "react";
import { classNames } from "../lib/class-names";
import { Button, IconButton } from "./Button";
import { strings } from "./strings";
import { type Toast, toasts } from "./tell";
import styles from "./toasts.module.css";
import { Words } from "./Words";

/** Messages in a corner. F6 comes here while there are any, and whoever is done here is back where they were. */
export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.read);
  const region = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => toasts.attend(() => region.current?.matches(":hover, :focus-within") ?? false), []);
  const arrive = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !region.current?.contains(relatedTarget)) before.current = relatedTarget;
  };
  const leave = () => {
    if (!region.current?.contains(document.activeElement)) return;
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      const back = before.current?.isConnected ? before.current : document.querySelector("main");
      if (back instanceof HTMLElement) back.focus();
    });
  };
  return (
    <section
      ref={region}
      className={styles.region}
      aria-label={strings.notifications}
      aria-live="polite"
      data-notifications
      onFocus={arrive}
    >
      {shown.map((toast) => (
        <Message key={toast.id} toast={toast} onLeave={leave} />
      ))}
    </section>
  );
}

function Message({ toast, onLeave }: { toast: Toast; onLeave: () => void }) {
  const { action } = toast;
  const dismiss = () => {
    onLeave();
    toasts.dismiss(toast.id);
  };
  const text = toast.hint ? `${toast.message} ${toast.hint}` : toast.message;
  return (
    <div className={classNames(styles.toast, toast.isError && styles.error)} role={toast.isError ? "alert" : undefined}>
      {toast.isError && <IconAlertCircle size={18} stroke={1.75} color="var(--danger)" aria-hidden />}
      <span className={styles.words}>
        <Words>{toast.message}</Words>
        {toast.hint && (
          <span className={styles.hint}>
            <Words>{toast.hint}</Words>
          </span>
        )}
      </span>
      {action && (
        <Button
          variant="quiet"
          className={styles.action}
          onClick={() => {
            action.run();
            dismiss();
          }}
        >
          {action.label}
        </Button>
      )}
      {toast.isError && (
        <IconButton label={strings.copy} icon={IconCopy} onClick={() => navigator.clipboard.writeText(text)} />
      )}
      <IconButton label={strings.dismiss} icon={IconX} onClick={dismiss} />
    </div>
  );
}
