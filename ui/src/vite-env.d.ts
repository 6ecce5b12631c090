/// <reference types="vite/client" />

/** Whether the window runs against the fake of the host. */
declare const __FAKE__: boolean;
