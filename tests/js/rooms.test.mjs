/** Room codes as they are typed: case, spaces and look-alikes. */
import assert from "node:assert/strict";
import test from "node:test";
import { lessons, roomOf, unknownRoom } from "../../static/js/capture/rooms.js";

const kit = {
  rooms: [
    { code: "BWXQ", school: "s", room: "Room 114", classes: ["c1", "c2"] },
    { code: "BWXD", school: "s", room: "Room 12", classes: [] },
    { code: "GZRT", school: "s", room: "Room 9", classes: ["c3"] },
  ],
  classes: [{ id: "c1", teachers: ["t1", "t9"] }, { id: "c2", teachers: ["t2"] }, { id: "c3", teachers: ["t9"] }],
  teachers: [{ id: "t1" }, { id: "t2" }],
};
const found = (typed) => roomOf(kit, typed)?.room ?? null;

test("case, spaces and dashes do not matter", () => {
  for (const typed of ["BWXQ", "bwxq", " b w x q ", "bw-xq"]) assert.equal(found(typed), "Room 114");
});

test("look-alikes are forgiven where one room can be meant", () => {
  assert.equal(found("62rt"), "Room 9");
  assert.equal(found("8WXQ"), "Room 114");
});

test("and not guessed where two can", () => assert.equal(found("BWX0"), null));

test("a letter that a code may have is taken as it stands", () => assert.equal(found("BWXC"), null));

test("a kit kept from before rooms had codes knows none", () => assert.equal(roomOf({}, "BWXQ"), null));

test("too few letters and unknown letters are told apart", () => {
  assert.match(unknownRoom("bwx"), /four letters/);
  assert.match(unknownRoom("kkkk"), /KKKK.*fetch the rooms again.*new card/);
});

test("a room offers only those whom this person may visit", () => {
  const offered = lessons(kit, kit.rooms[0]).map((one) => [one.teacher.id, one.class.id]);
  assert.deepEqual(offered, [["t1", "c1"], ["t2", "c2"]]);
  assert.deepEqual(lessons(kit, kit.rooms[2]), []);
});
