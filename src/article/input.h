// The bytes of a file, a pipe, standard input or a string, read once from front to back with a look
// ahead: nothing is opened twice and nothing is rewound, so that pipes are as good as files. What
// begins like gzip is unpacked on the way, member after member; what begins like zstd as a whole.
//
//   Input in("news.jsonl.gz");                // or "-", /dev/stdin, a named pipe
//   std::string_view head = in.ahead(512);    // not taken yet
//   in.take(head.size());
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace chancery {

class Input {
 public:
  // Opens `path`; "-" is standard input. Throws Error naming it.
  explicit Input(const std::string& path);
  // Bytes that are in memory already, under a name for messages.
  Input(std::string name, std::string bytes);
  ~Input();
  Input(Input&&) noexcept;
  Input& operator=(Input&&) noexcept;

  const std::string& name() const;  // "standard input" for "-"
  // A plain file of that name, not packed: it could be opened again, unlike a pipe.
  bool is_file();

  // What comes next, without taking it: at least `wanted` bytes, fewer only at the end or before a
  // damaged place. Valid until the next call of any other member. Throws Error when the device
  // fails.
  std::string_view ahead(size_t wanted);
  void take(size_t count);

  // After an `ahead` that gave less than was wanted: why, when it is not the input's end (a gzip
  // stream that is torn, or cut by the end of the file); "" at a sound end.
  const std::string& damage() const;
  // Goes on behind the damage, at the next gzip member that can be unpacked; behind what is torn in
  // a zstd stream is its end. All searching for one
  // costs a constant number of passes over the input, however it was made.
  void go_on();

  // Gives the bytes of a gzip member only when its checksum was found right, as long as it has
  // less than `most` bytes: a torn member costs itself and nothing of it is seen. For files that
  // are packed record by record.
  void whole_members(size_t most);

  // How much of a file is done, 0..1; 0 for a pipe.
  double share() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// All of an input. Throws Error naming it when it is damaged or holds more than `limit` bytes.
std::string read_all(Input& input, size_t limit);

}  // namespace chancery
