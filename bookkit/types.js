/* The contract between Python and the scripts of the page: what stands in `data-…` attributes and
   in the scripts of demos, and what the browser keeps. tests/bookkit/test_types.py compares the
   names of members with what Python writes. */

/* --- exercises: `data-exercise` of a form, from Exercise.data() --- */

/**
 * A condition and what it means; the first rule whose conditions all hold speaks. Numbers beyond
 * JSON are the texts "Infinity" and "-Infinity". The message waits in the <template> of its place.
 * @typedef {object} Rule
 * @property {"correct"|"near"|"wrong"} verdict
 * @property {[number|string, number]} [near] value and tolerance
 * @property {[number|string, number]} [recognised] the same, for a mistake: with few digits only the value itself
 * @property {[number, number]} [rounds] value, and how many of its digits at least were typed
 * @property {number} [below]
 * @property {number} [above]
 * @property {string|string[]} [is] the letter of an option, or letters in order
 * @property {[string, string]} [before] letters of two items, the earlier one first
 * @property {number} [lacks] a step that is not ticked
 */

/**
 * @typedef {object} ExerciseData
 * @property {"text"|"pick"|"order"|"tick"|"code"|"slide"} entry where the reply stands
 * @property {Rule[]} rules the last one always holds
 * @property {number} patience wrong attempts after which a hint opens
 * @property {string} [unit] "" for a bare number
 * @property {string} [example] what may be written
 * @property {string[]} [counted] what the question counts, in the singular
 * @property {string[]} [words] what may come behind "per"
 * @property {boolean} [thousands] whether a number from 1000 on can be meant
 * @property {string} [nothing] what to say when nothing was picked or ticked
 */

/**
 * One attempt, as the browser keeps it under `bookkit:record:1:NAME`.
 * @typedef {object} Attempt
 * @property {string} at the time, in ISO 8601
 * @property {"first"|"later"|"helped"|"looked"|"tried"|"read"|"near"|"wrong"} how
 * @property {string} reply
 * @property {number} [sure] the confidence that was said before, in percent
 * @property {number} [variant] which one of a varied exercise, from 2 on
 */

/* --- demos: what a demo's script hands to bookkit.baked(), from bake.py --- */

/**
 * Whole numbers for every combination of stops of some controls; `decode` reads the text.
 * @typedef {object} Table
 * @property {number[]} depends places of the controls
 * @property {number[]} shape stops of each control, then the length of a row
 * @property {number[]} orders what was taken of the numbers along each axis: see codec.py
 * @property {string} text
 * @property {[number[], string]} [gaps] orders and text of a table that is 1 where nothing is
 * @property {string[]} [texts] for a table of words, which its numbers point at
 */

/**
 * @typedef {object} Mark
 * @property {"Curve"|"Band"|"Bars"|"Points"|"Text"|"Tiles"|"Image"} kind
 * @property {Object<string, number>} tables the table of each channel, by its place
 * @property {number[]} over the controls that tiles are drawn over: two, or none
 * @property {number} [radius] of points
 * @property {[number[], number[]]} [edges] across and up
 * @property {number[]} [levels] upper ends of the classes of colour
 */

/**
 * @typedef {object} DemoData
 * @property {{name: string, texts: string[]}[]} controls
 * @property {Table[]} tables
 * @property {{name: string, table: number, digits: number, unit: string, unitOf: number}[]} readouts
 * @property {Mark[]} marks
 * @property {{readout: string, over: number[]}[]} walks
 */
