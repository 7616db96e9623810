// Products of 8-bit integers where they are largest: no build of the kernels may lose a bit of them.
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <vector>

#include "base/error.h"
#include "language/kernels.h"

namespace chancery {
namespace {

// Bytes at an address that packed matrices may have.
class Aligned {
 public:
  explicit Aligned(const std::string& bytes)
      : space_(bytes.size() / sizeof(Line) + 1), size_(bytes.size()) {
    std::memcpy(space_.data(), bytes.data(), bytes.size());
  }
  std::string_view view() const { return {space_.front().bytes, size_}; }

 private:
  struct Line {
    alignas(64) char bytes[64];
  };
  std::vector<Line> space_;
  size_t size_;
};

// Integers from -127 to 127 as they look at place (i, j); the largest is always among them, so that
// their scale is one and what is multiplied is what is said here.
using Values = std::function<int(int i, int j)>;

std::vector<float> rows_of(int rows, int width, const Values& values) {
  std::vector<float> out;
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < width; ++j) out.push_back(static_cast<float>(values(i, j)));
  return out;
}

const std::vector<Values> kExtremes = {
    [](int, int) { return 127; },
    [](int, int) { return -127; },
    [](int i, int j) { return (i + j) % 2 == 0 ? 127 : -127; },
    [](int i, int j) { return (i + j / 2) % 2 == 0 ? 127 : -127; },
    // Eights of rows that are light, middling and heavy, one after the other.
    [](int i, int j) {
      return i == 0 ? 127 : i / 8 % 3 == 0 ? 51 : i / 8 % 3 == 1 ? -102 : 127 - j % 2;
    },
    [](int i, int j) { return j == 0 || i == 0 ? -127 : (i * 37 + j * 101) % 255 - 127; },
};

TEST(Product, NothingSaturatesInAnyBuild) {
  for (auto [rows, in, out] : {std::array{5, 384, 32}, std::array{4, 20, 16}, std::array{1, 60, 3}})
    for (const Values& weight_values : kExtremes)
      for (const Values& x_values : kExtremes) {
        Matrix weight{uint32_t(in), uint32_t(out), rows_of(in, out, weight_values)};
        Aligned bytes(pack(weight, nullptr));
        Packed packed(weight.rows, weight.columns, bytes.view());
        std::vector<float> x = rows_of(rows, in, x_values);
        for (int r = 0; r < rows; ++r) x[size_t(r) * in] = 127;
        for (const Kernels* k : all_kernels()) {
          Quantized q;
          k->quantize(x.data(), in, in, rows, q);
          std::vector<float> y(size_t(rows) * packed.stride);
          k->product(q, packed, y.data(), rows);
          for (int r = 0; r < rows; ++r)
            for (int c = 0; c < out; ++c) {
              double want = 0;
              for (int i = 0; i < in; ++i)
                want += double(x[size_t(r) * in + i]) * weight.values[size_t(i) * out + c];
              ASSERT_EQ(y[size_t(r) * packed.stride + c], want)
                  << k->name << ", row " << r << ", column " << c << ", depth " << in;
            }
        }
      }
}

TEST(Product, WeightsAreSortedByWhatTheyComeTo) {
  Matrix weight{32, 16, rows_of(32, 16, kExtremes[4])};
  Aligned bytes(pack(weight, nullptr));
  Packed packed(weight.rows, weight.columns, bytes.view());
  ASSERT_EQ(packed.eights.size(), 1u);
  // Rows 0 to 7 hold one of 127 beside 51; 8 to 15 twice 102, four times in a column; 16 to 23 are
  // heavy, 24 to 31 as light as can be.
  EXPECT_EQ(packed.eights[0].light, 1);
  EXPECT_EQ(packed.eights[0].middling, 2);
  EXPECT_EQ(packed.order, (std::vector<uint16_t>{3, 0, 1, 2}));
}

TEST(Product, AWeightThatNoPackingMakesIsRefused) {
  Matrix weight{8, 16, std::vector<float>(128, 0.f)};
  std::string bytes = pack(weight, nullptr);
  bytes.back() = static_cast<char>(-128);
  int32_t sum = -128 * 128;
  std::memcpy(&bytes[16 * 8 + 15 * 4], &sum, 4);
  EXPECT_THROW(Packed(8, 16, Aligned(bytes).view()), Error);
}

}  // namespace
}  // namespace chancery
