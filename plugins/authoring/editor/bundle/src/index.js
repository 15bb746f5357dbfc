export { rich } from "./rich.js";
export { source } from "./source.js";
