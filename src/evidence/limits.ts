/** Of one file, in bytes. */
export const LARGEST_FILE = 10_000_000;

/** Files that one uploader may have attached to nothing at a time. */
export const MOST_FREE = 50;

/** Files that one target may have. */
export const MOST_OF_TARGET = 9;
