// The judge: features in, probabilities out; its file, whole and damaged.
#include "base/judge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "base/error.h"
#include "support.h"

namespace chancery {
namespace {

// Two dense features, three classes; small numbers that bytes hold without loss worth naming.
JudgeWeights weights() {
  JudgeWeights w;
  w.features = {"length", "links"};
  w.classes = {"text", "caption", "furniture"};
  w.buckets = 8;
  w.hidden = 2;
  w.rows.assign(16, 0.0f);
  w.rows[3 * 2] = 1.27f;       // what hashes to 3 speaks for the first hidden unit
  w.rows[5 * 2 + 1] = -0.64f;  // what hashes to 5 against the second
  w.dense = {1.0f, 0.0f, 0.0f, 2.0f};
  w.bias = {0.0f, 0.5f};
  w.out = {2.0f, 0.0f, -1.0f, -1.0f, 0.5f, 1.0f};
  w.out_bias = {0.0f, 0.1f, 0.0f};
  return w;
}

std::vector<float> asked(const Judge& judge, std::vector<float> dense,
                         std::vector<uint64_t> sparse) {
  std::vector<float> p(judge.classes());
  judge.decide({dense, sparse}, p);
  return p;
}

std::string saved(const test::Folder& folder, const JudgeWeights& w) {
  ModelFile file;
  put_judge(file, "blocks", w);
  file.save(folder.file("judge.model"));
  return folder.file("judge.model");
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const StartError& error) {
    return error.what();
  }
  return "";
}

TEST(Judge, IsTheSoftmaxOfOneHiddenLayer) {
  Judge judge(weights());
  std::vector<float> p = asked(judge, {0.5f, 0.25f}, {3, 5, 11});
  // hidden: 0.5 + 1.27 twice (3 and 11 share a bucket) = 3.04; 0.5 + 0.5 - 0.64 = 0.36
  double a = 2 * 3.04 - 0.36, b = 0.5 * 0.36 + 0.1, c = -3.04 + 0.36;
  double sum = std::exp(a) + std::exp(b) + std::exp(c);
  EXPECT_NEAR(p[0], std::exp(a) / sum, 1e-5);
  EXPECT_NEAR(p[1], std::exp(b) / sum, 1e-5);
  EXPECT_NEAR(p[2], std::exp(c) / sum, 1e-5);
  EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0f), 1.0f, 1e-5);
}

TEST(Judge, WhatIsBelowZeroIsSilent) {
  // The second unit is pushed below zero: only the first speaks.
  std::vector<float> p = asked(Judge(weights()), {0.0f, 0.0f}, {5, 5});
  EXPECT_NEAR(p[0], p[2], 1e-6);
  EXPECT_GT(p[1], p[0]);
}

TEST(Judge, TheTemperatureFlattens) {
  JudgeWeights w = weights();
  float sharp = asked(Judge(w), {1.0f, 0.0f}, {})[0];
  w.temperature = 3;
  float flat = asked(Judge(w), {1.0f, 0.0f}, {})[0];
  EXPECT_GT(sharp, flat);
  EXPECT_GT(flat, 1.0f / 3);
}

// Every processor must give these bits: no fused operation, no library's own exponential.
TEST(Judge, GivesTheSameBitsEverywhere) {
  std::vector<float> p = asked(Judge(weights()), {0.3f, 0.7f}, {3});
  uint64_t bits = hash64(std::string_view(reinterpret_cast<const char*>(p.data()), 12));
  EXPECT_EQ(bits, 0x35d092e900ad91abull) << std::hex << bits;
}

TEST(Judge, ComesBackFromItsFile) {
  test::Folder folder;
  ModelFile file = ModelFile::load(saved(folder, weights()));
  Judge judge(file, "blocks", {"length", "links"}, {"text", "caption", "furniture"});
  std::vector<float> kept = asked(judge, {0.5f, 0.25f}, {3, 5}),
                     learnt = asked(Judge(weights()), {0.5f, 0.25f}, {3, 5});
  for (size_t i = 0; i < kept.size(); ++i) EXPECT_NEAR(kept[i], learnt[i], 1e-3);
}

TEST(Judge, AnotherProgramsModelIsRefused) {
  test::Folder folder;
  std::string path = saved(folder, weights());
  auto load = [&](std::vector<std::string> features, std::vector<std::string> classes,
                  std::string name = "blocks") {
    return refusal([&] { Judge(ModelFile::load(path), name, features, classes); });
  };
  EXPECT_EQ(load({"length", "links"}, {"text", "caption", "furniture"}), "");
  EXPECT_NE(load({"length", "depth"}, {"text", "caption", "furniture"})
                .find("number 2 is 'links', expected 'depth'"),
            std::string::npos);
  EXPECT_NE(load({"length", "links"}, {"text", "caption"}).find("number 3 is 'furniture'"),
            std::string::npos);
  EXPECT_NE(load({"length", "links"}, {"text", "caption", "furniture"}, "events")
                .find("events.features is missing"),
            std::string::npos);
}

TEST(Judge, ADamagedFileIsRefused) {
  test::Folder folder;
  std::string path = saved(folder, weights()), bytes = read_file(path);
  auto load = [&](const std::string& altered) {
    folder.write("judge.model", altered);
    return refusal([&] {
      Judge(ModelFile::load(path), "blocks", {"length", "links"}, {"text", "caption", "furniture"});
    });
  };
  for (size_t at : {size_t{0}, size_t{9}, size_t{20}, bytes.size() / 2, bytes.size() - 1}) {
    std::string altered = bytes;
    altered[at] = static_cast<char>(altered[at] ^ 0x55);
    EXPECT_NE(load(altered), "") << "byte " << at;
  }
  EXPECT_NE(load(bytes.substr(0, bytes.size() - 40)).find("damaged"), std::string::npos);
  EXPECT_NE(load(""), "");
  EXPECT_EQ(load(bytes), "");
}

}  // namespace
}  // namespace chancery
