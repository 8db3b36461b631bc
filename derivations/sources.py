"""The bibliography: what the key of a ``Source`` stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography."""

    authors: str
    year: int
    title: str
    published: str


REFERENCES: Mapping[str, Reference] = MappingProxyType(
    {
        "abbe2018": Reference(
            "Emmanuel Abbe",
            2018,
            "Community Detection and Stochastic Block Models: Recent Developments",
            "arXiv:1703.10146",
        ),
        "avron2011": Reference(
            "Haim Avron and Sivan Toledo",
            2011,
            "Randomized Algorithms for Estimating the Trace of an Implicit Symmetric Positive Semi-Definite Matrix",
            "J. ACM 58(2)",
        ),
        "barabasi1999": Reference(
            "Albert-László Barabási and Réka Albert",
            1999,
            "Emergence of Scaling in Random Networks",
            "arXiv:cond-mat/9910332",
        ),
        "barratt2018": Reference(
            "Shane Barratt and Rishi Sharma",
            2018,
            "A Note on the Inception Score",
            "arXiv:1801.01973",
        ),
        "bishop2006": Reference("Christopher M. Bishop", 2006, "Pattern Recognition and Machine Learning", "Springer"),
        "box1958": Reference(
            "G. E. P. Box and Mervin E. Muller",
            1958,
            "A Note on the Generation of Random Normal Deviates",
            "Ann. Math. Stat. 29(2)",
        ),
        "chen2018": Reference(
            "Ricky T. Q. Chen, Yulia Rubanova, Jesse Bettencourt and David Duvenaud",
            2018,
            "Neural Ordinary Differential Equations",
            "arXiv:1806.07366",
        ),
        "devroye1986": Reference(
            "Luc Devroye",
            1986,
            "Non-Uniform Random Variate Generation",
            "Springer",
        ),
        "dhariwal2021": Reference(
            "Prafulla Dhariwal and Alex Nichol",
            2021,
            "Diffusion Models Beat GANs on Image Synthesis",
            "arXiv:2105.05233",
        ),
        "dinh2016": Reference(
            "Laurent Dinh, Jascha Sohl-Dickstein and Samy Bengio",
            2016,
            "Density Estimation Using Real NVP",
            "arXiv:1605.08803",
        ),
        "durkan2019": Reference(
            "Conor Durkan, Artur Bekasov, Iain Murray and George Papamakarios",
            2019,
            "Neural Spline Flows",
            "arXiv:1906.04032",
        ),
        "efron2011": Reference(
            "Bradley Efron",
            2011,
            "Tweedie's Formula and Selection Bias",
            "J. Am. Stat. Assoc. 106(496)",
        ),
        "gibbs2002": Reference(
            "Alison L. Gibbs and Francis Edward Su",
            2002,
            "On Choosing and Bounding Probability Metrics",
            "Int. Stat. Rev. 70(3)",
        ),
        "goodfellow2014": Reference(
            "Ian Goodfellow, Jean Pouget-Abadie, Mehdi Mirza and others",
            2014,
            "Generative Adversarial Networks",
            "arXiv:1406.2661",
        ),
        "grathwohl2018": Reference(
            "Will Grathwohl, Ricky T. Q. Chen, Jesse Bettencourt, Ilya Sutskever and David Duvenaud",
            2018,
            "FFJORD: Free-Form Continuous Dynamics for Scalable Reversible Generative Models",
            "arXiv:1810.01367",
        ),
        "gretton2012": Reference(
            "Arthur Gretton, Karsten M. Borgwardt, Malte J. Rasch, Bernhard Schölkopf and Alexander Smola",
            2012,
            "A Kernel Two-Sample Test",
            "J. Mach. Learn. Res. 13",
        ),
        "heusel2017": Reference(
            "Martin Heusel, Hubert Ramsauer, Thomas Unterthiner, Bernhard Nessler and Sepp Hochreiter",
            2017,
            "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium",
            "arXiv:1706.08500",
        ),
        "ho2020": Reference(
            "Jonathan Ho, Ajay Jain and Pieter Abbeel",
            2020,
            "Denoising Diffusion Probabilistic Models",
            "arXiv:2006.11239",
        ),
        "ho2022": Reference(
            "Jonathan Ho and Tim Salimans",
            2022,
            "Classifier-Free Diffusion Guidance",
            "arXiv:2207.12598",
        ),
        "holtzman2019": Reference(
            "Ari Holtzman, Jan Buys, Li Du, Maxwell Forbes and Yejin Choi",
            2019,
            "The Curious Case of Neural Text Degeneration",
            "arXiv:1904.09751",
        ),
        "hyvarinen2005": Reference(
            "Aapo Hyvärinen",
            2005,
            "Estimation of Non-Normalized Statistical Models by Score Matching",
            "J. Mach. Learn. Res. 6",
        ),
        "jurafsky2025": Reference(
            "Daniel Jurafsky and James H. Martin",
            2025,
            "Speech and Language Processing, third edition draft",
            "web.stanford.edu/~jurafsky/slp3",
        ),
        "kendall2017": Reference(
            "Alex Kendall and Yarin Gal",
            2017,
            "What Uncertainties Do We Need in Bayesian Deep Learning for Computer Vision?",
            "arXiv:1703.04977",
        ),
        "kingma2013": Reference(
            "Diederik P. Kingma and Max Welling", 2013, "Auto-Encoding Variational Bayes", "arXiv:1312.6114"
        ),
        "kingma2018": Reference(
            "Diederik P. Kingma and Prafulla Dhariwal",
            2018,
            "Glow: Generative Flow with Invertible 1×1 Convolutions",
            "arXiv:1807.03039",
        ),
        "kingma2021": Reference(
            "Diederik P. Kingma, Tim Salimans, Ben Poole and Jonathan Ho",
            2021,
            "Variational Diffusion Models",
            "arXiv:2107.00630",
        ),
        "lin1991": Reference(
            "Jianhua Lin",
            1991,
            "Divergence Measures Based on the Shannon Entropy",
            "IEEE Trans. Inf. Theory 37(1)",
        ),
        "maddison2014": Reference(
            "Chris J. Maddison, Daniel Tarlow and Tom Minka",
            2014,
            "A* Sampling",
            "arXiv:1411.0030",
        ),
        "murphy2022": Reference(
            "Kevin P. Murphy", 2022, "Probabilistic Machine Learning: An Introduction", "MIT Press"
        ),
        "neal2001": Reference(
            "Radford M. Neal",
            2001,
            "Annealed Importance Sampling",
            "Statistics and Computing 11",
        ),
        "neal2011": Reference(
            "Radford M. Neal",
            2011,
            "MCMC Using Hamiltonian Dynamics",
            "arXiv:1206.1901",
        ),
        "newman2018": Reference(
            "Mark Newman",
            2018,
            "Networks, second edition",
            "Oxford University Press",
        ),
        "oord2018": Reference(
            "Aaron van den Oord, Yazhe Li and Oriol Vinyals",
            2018,
            "Representation Learning with Contrastive Predictive Coding",
            "arXiv:1807.03748",
        ),
        "owen2013": Reference(
            "Art B. Owen",
            2013,
            "Monte Carlo Theory, Methods and Examples",
            "artowen.su.domains/mc",
        ),
        "papamakarios2017": Reference(
            "George Papamakarios, Theo Pavlakou and Iain Murray",
            2017,
            "Masked Autoregressive Flow for Density Estimation",
            "arXiv:1705.07057",
        ),
        "papamakarios2021": Reference(
            "George Papamakarios, Eric Nalisnick, Danilo Jimenez Rezende, Shakir Mohamed and Balaji Lakshminarayanan",
            2021,
            "Normalizing Flows for Probabilistic Modeling and Inference",
            "arXiv:1912.02762",
        ),
        "papineni2002": Reference(
            "Kishore Papineni, Salim Roukos, Todd Ward and Wei-Jing Zhu",
            2002,
            "BLEU: a Method for Automatic Evaluation of Machine Translation",
            "ACL",
        ),
        "peyre2019": Reference(
            "Gabriel Peyré and Marco Cuturi",
            2019,
            "Computational Optimal Transport",
            "arXiv:1803.00567",
        ),
        "poole2019": Reference(
            "Ben Poole, Sherjil Ozair, Aaron van den Oord, Alexander A. Alemi and George Tucker",
            2019,
            "On Variational Bounds of Mutual Information",
            "arXiv:1905.06922",
        ),
        "radford2021": Reference(
            "Alec Radford, Jong Wook Kim, Chris Hallacy and others",
            2021,
            "Learning Transferable Visual Models from Natural Language Supervision",
            "arXiv:2103.00020",
        ),
        "rafailov2023": Reference(
            "Rafael Rafailov, Archit Sharma, Eric Mitchell and others",
            2023,
            "Direct Preference Optimization: Your Language Model is Secretly a Reward Model",
            "arXiv:2305.18290",
        ),
        "roberts1996": Reference(
            "Gareth O. Roberts and Richard L. Tweedie",
            1996,
            "Exponential Convergence of Langevin Distributions and Their Discrete Approximations",
            "Bernoulli 2(4)",
        ),
        "robertson1969": Reference(
            "C. A. Robertson and J. G. Fryer",
            1969,
            "Some Descriptive Properties of Normal Mixtures",
            "Skandinavisk Aktuarietidskrift 52",
        ),
        "salimans2022": Reference(
            "Tim Salimans and Jonathan Ho",
            2022,
            "Progressive Distillation for Fast Sampling of Diffusion Models",
            "arXiv:2202.00512",
        ),
        "soch2020": Reference(
            "Joram Soch and others",
            2020,
            "The Book of Statistical Proofs",
            "statproofbook.github.io",
        ),
        "song2019": Reference(
            "Yang Song and Stefano Ermon",
            2019,
            "Generative Modeling by Estimating Gradients of the Data Distribution",
            "arXiv:1907.05600",
        ),
        "song2020": Reference(
            "Jiaming Song, Chenlin Meng and Stefano Ermon",
            2020,
            "Denoising Diffusion Implicit Models",
            "arXiv:2010.02502",
        ),
        "song2021": Reference(
            "Yang Song, Jascha Sohl-Dickstein, Diederik P. Kingma, Abhishek Kumar, Stefano Ermon and Ben Poole",
            2021,
            "Score-Based Generative Modeling through Stochastic Differential Equations",
            "arXiv:2011.13456",
        ),
        "tibshirani1996": Reference(
            "Robert Tibshirani", 1996, "Regression Shrinkage and Selection via the Lasso", "J. R. Stat. Soc. B 58(1)"
        ),
        "cover2006": Reference(
            "Thomas M. Cover and Joy A. Thomas", 2006, "Elements of Information Theory, second edition", "Wiley"
        ),
        "burda2016": Reference(
            "Yuri Burda, Roger Grosse and Ruslan Salakhutdinov",
            2016,
            "Importance Weighted Autoencoders",
            "arXiv:1509.00519",
        ),
        "hoerl1970": Reference(
            "Arthur E. Hoerl and Robert W. Kennard",
            1970,
            "Ridge Regression: Biased Estimation for Nonorthogonal Problems",
            "Technometrics 12(1)",
        ),
        "tipping1999": Reference(
            "Michael E. Tipping and Christopher M. Bishop",
            1999,
            "Probabilistic Principal Component Analysis",
            "J. R. Stat. Soc. B 61(3)",
        ),
        "vincent2011": Reference(
            "Pascal Vincent",
            2011,
            "A Connection Between Score Matching and Denoising Autoencoders",
            "Neural Computation 23(7)",
        ),
        "wang2021": Reference(
            "Feng Wang and Huaping Liu",
            2021,
            "Understanding the Behaviour of Contrastive Loss",
            "arXiv:2012.09740",
        ),
        "zou2005": Reference(
            "Hui Zou and Trevor Hastie",
            2005,
            "Regularization and Variable Selection via the Elastic Net",
            "J. R. Stat. Soc. B 67(2)",
        ),
        "pedregosa2011": Reference(
            "Fabian Pedregosa and others",
            2011,
            "Scikit-learn: Machine Learning in Python",
            "J. Mach. Learn. Res. 12; documentation of linear_model",
        ),
        "mackay2003": Reference(
            "David J. C. MacKay",
            2003,
            "Information Theory, Inference, and Learning Algorithms",
            "Cambridge University Press",
        ),
        "petersen2012": Reference(
            "Kaare Brandt Petersen and Michael Syskind Pedersen",
            2012,
            "The Matrix Cookbook",
            "Technical University of Denmark",
        ),
        "murphy2023": Reference(
            "Kevin P. Murphy", 2023, "Probabilistic Machine Learning: Advanced Topics", "MIT Press"
        ),
        "hoffman2016": Reference(
            "Matthew D. Hoffman and Matthew J. Johnson",
            2016,
            "ELBO Surgery: Yet Another Way to Carve Up the Variational Evidence Lower Bound",
            "Workshop on Advances in Approximate Bayesian Inference, NIPS",
        ),
        "loshchilov2019": Reference(
            "Ilya Loshchilov and Frank Hutter", 2019, "Decoupled Weight Decay Regularization", "arXiv:1711.05101"
        ),
        "higgins2017": Reference(
            "Irina Higgins and others",
            2017,
            "beta-VAE: Learning Basic Visual Concepts with a Constrained Variational Framework",
            "ICLR",
        ),
    }
)
