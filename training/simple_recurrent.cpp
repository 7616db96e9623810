#include "simple_recurrent.h"

#include <cmath>
#include <vector>

namespace chancery::training {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

struct Shape {
  int64_t batch, steps, width, parts;
};

// Calls body(offset in u, offset in h, first step of this direction) along each sentence in each
// direction's order.
template <class F>
void along(const Shape& s, const int64_t* lengths, bool reverse, F&& body) {
  for (int64_t b = 0; b < s.batch; ++b)
    for (int direction = 0; direction < 2; ++direction) {
      bool ascending = (direction == 0) != reverse;
      for (int64_t step = 0; step < lengths[b]; ++step) {
        int64_t t = ascending ? step : lengths[b] - 1 - step;
        int64_t at = b * s.steps + t;
        body(at * s.parts * s.width + direction * s.width / 2,
             at * s.width + direction * s.width / 2, step == 0, step + 1 == lengths[b]);
      }
    }
}

struct Function : torch::autograd::Function<Function> {
  static Tensor forward(AutogradContext* context, Tensor u, Tensor through, Tensor lengths) {
    u = u.contiguous();
    through = through.contiguous();
    bool own = !through.numel();
    Shape s{u.size(0), u.size(1), own ? u.size(2) / 4 : u.size(2) / 3, own ? 4 : 3};
    Tensor h = torch::zeros({s.batch, s.steps, s.width}),
           c = torch::zeros({s.batch, s.steps, s.width}),
           gates = torch::sigmoid(u.slice(2, s.width, 3 * s.width)).contiguous();
    const float *pu = u.data_ptr<float>(), *pg = gates.data_ptr<float>(),
                *pt = own ? nullptr : through.data_ptr<float>();
    float *ph = h.data_ptr<float>(), *pc = c.data_ptr<float>();
    int64_t half = s.width / 2, w = s.width;
    std::vector<float> state(half);
    along(s, lengths.data_ptr<int64_t>(), false, [&](int64_t at, int64_t to, bool first, bool) {
      if (first) std::fill(state.begin(), state.end(), 0.f);
      const float *x = pu + at, *f = pg + 2 * (to - to % w) + to % w, *r = f + w,
                  *p = own ? x + 3 * w : pt + to;
      for (int64_t j = 0; j < half; ++j) {
        float value = f[j] * state[j] + (1 - f[j]) * x[j];
        state[j] = value;
        pc[to + j] = value;
        ph[to + j] = r[j] * value + (1 - r[j]) * p[j];
      }
    });
    context->save_for_backward({u, through, lengths, gates, c});
    return h;
  }

  static tensor_list backward(AutogradContext* context, tensor_list grads) {
    auto saved = context->get_saved_variables();
    Tensor u = saved[0], through = saved[1], lengths = saved[2], gates = saved[3], c = saved[4],
           gh = grads[0].contiguous();
    bool own = !through.numel();
    Shape s{u.size(0), u.size(1), own ? u.size(2) / 4 : u.size(2) / 3, own ? 4 : 3};
    Tensor gu = torch::zeros_like(u), gt = own ? torch::Tensor() : torch::zeros_like(through);
    const float *pu = u.data_ptr<float>(), *pg = gates.data_ptr<float>(),
                *pt = own ? nullptr : through.data_ptr<float>(), *pc = c.data_ptr<float>(),
                *ph = gh.data_ptr<float>();
    float *qu = gu.data_ptr<float>(), *qt = own ? nullptr : gt.data_ptr<float>();
    int64_t half = s.width / 2, w = s.width;
    std::vector<float> carried(half), zero(half);
    along(s, lengths.data_ptr<int64_t>(), true, [&](int64_t at, int64_t to, bool first, bool last) {
      if (first) std::fill(carried.begin(), carried.end(), 0.f);
      bool forward_half = to % w == 0;
      const float* before = last ? zero.data() : pc + (forward_half ? to - w : to + w);
      const float *x = pu + at, *f = pg + 2 * (to - to % w) + to % w, *r = f + w,
                  *p = own ? x + 3 * w : pt + to, *now = pc + to, *g = ph + to;
      float *gx = qu + at, *gf = gx + w, *gr = gf + w, *gp = own ? gr + w : qt + to;
      for (int64_t j = 0; j < half; ++j) {
        float gc = g[j] * r[j] + carried[j];
        gr[j] = g[j] * (now[j] - p[j]) * r[j] * (1 - r[j]);
        gp[j] = g[j] * (1 - r[j]);
        gf[j] = gc * (before[j] - x[j]) * f[j] * (1 - f[j]);
        gx[j] = gc * (1 - f[j]);
        carried[j] = gc * f[j];
      }
    });
    return {gu, gt, Tensor()};
  }
};

}  // namespace

Tensor simple_recurrent(const Tensor& u, const Tensor& through, const Tensor& lengths) {
  return Function::apply(u, through.defined() ? through : torch::empty({0}), lengths);
}

}  // namespace chancery::training
