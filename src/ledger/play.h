// The state of play on a topic: who demands, offers, accepts and refuses what; whose condition
// waits on whose act; which stages of a plan are accepted; deadlocks, where one side's condition is
// what the other refuses, and openings, where an offer, an acceptance or an act of the other meets
// it. From the positions and events that the ledger holds; every line with its evidence.
#pragma once
#include <string>
#include <vector>

namespace chancery {

struct Play {
  struct Stand {
    int64_t number = 0;  // of the position in the ledger
    std::string holder, country, stance, toward, toward_country, content, condition, day, article,
        issue;
    std::vector<std::string> stages;
    // Its time as answers say it: the value, its days, how exact; the day of its report. `day` is
    // the first day, or the report's where the time cannot be dated.
    std::string when, from, to, precision, reported;
    int64_t article_number = 0;  // where its words stand, with the id of the position there
    std::string id;
  };
  struct Link {
    // deadlock: `to` refuses what `from` waits for. opening: `to` offers or does it. near: `to`
    // moves on the same issue, but not to where the condition asks. unanswered: nobody has answered
    // the condition. stage: `to` accepts or refuses a stage of `from`'s plan.
    std::string kind;
    int from = -1, to = -1;  // places in `stands`; to -1: an event or nobody
    std::string why,
        event;  // what meets what, in words; the act, where an event meets the condition
  };
  std::string topic;
  std::vector<Stand> stands;
  std::vector<Link> links;
};

// A graph of the actors with their stances and the links, for Graphviz.
std::string play_as_dot(const Play& play);
// The same drawn: the actors below each other, an arc for each stand of one toward another and for
// each link, numbered as they stand in `stands`; `list`: with the stands in words below. Colours
// follow the reader's scheme, light or dark.
std::string play_as_svg(const Play& play, bool list = true);

}  // namespace chancery
